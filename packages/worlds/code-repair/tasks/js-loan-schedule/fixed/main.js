// Repayment schedules. All amounts are whole cents, rates are basis points per period.

function interestFor(balance, basisPoints) {
  return Math.round((balance * basisPoints) / 10000);
}

function describe(period, payment, interest, balance) {
  return { period, payment, interest, balance };
}

/**
 * Rows of the schedule for a loan paid back with a fixed payment. The last
 * payment may be smaller. Throws when the payment does not cover the interest.
 */
export function loanSchedule(principal, basisPoints, payment) {
  const rows = [];
  let balance = principal;
  let period = 1;
  while (balance > 0) {
    const interest = interestFor(balance, basisPoints);
    if (payment <= interest) throw new RangeError('payment never repays the loan');
    const due = balance + interest;
    const paid = Math.min(payment, due);
    balance -= paid - interest;
    rows.push(describe(period, paid, interest, Math.max(balance, 0)));
    period += 1;
  }
  return rows;
}

export function totalInterest(principal, basisPoints, payment) {
  return loanSchedule(principal, basisPoints, payment).reduce((sum, row) => sum + row.interest, 0);
}
