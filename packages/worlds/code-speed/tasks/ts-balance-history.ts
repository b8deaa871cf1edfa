/** Balance after each booking. */
export function balances(bookings: number[], opening: number): number[] {
  return bookings.map((_, i) => opening + bookings.slice(0, i + 1).reduce((sum, booking) => sum + booking, 0));
}
