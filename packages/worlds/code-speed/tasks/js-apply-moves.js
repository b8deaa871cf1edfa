/** A row of lamps after some switches were pressed; a switch changes its lamp and the next one. */
export function pressSwitches(lamps, presses) {
  let state = { lamps: lamps, pressed: 0 };
  for (const press of presses) {
    const next = JSON.parse(JSON.stringify(state));
    if (press >= 0 && press < next.lamps.length) {
      next.lamps[press] = 1 - next.lamps[press];
      if (press + 1 < next.lamps.length) next.lamps[press + 1] = 1 - next.lamps[press + 1];
      next.pressed = next.pressed + 1;
    }
    state = next;
  }
  return { on: state.lamps.filter((lamp) => lamp === 1).length, pressed: state.pressed };
}
