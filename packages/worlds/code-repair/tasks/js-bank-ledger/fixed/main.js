class TransferError extends Error {
  constructor(reason, transfer) {
    super(`${reason}: ${transfer.from} -> ${transfer.to}`);
    this.name = 'TransferError';
    this.reason = reason;
  }
}

function accountOf(accounts, name, transfer) {
  const account = accounts.get(name);
  if (account === undefined) throw new TransferError('unknown', transfer);
  return account;
}

function post(accounts, transfer) {
  const from = accountOf(accounts, transfer.from, transfer);
  const to = accountOf(accounts, transfer.to, transfer);
  if (!(transfer.amount > 0)) throw new TransferError('amount', transfer);
  const available = from.balance + (from.overdraft ?? 0);
  if (available < transfer.amount) throw new TransferError('funds', transfer);
  from.balance -= transfer.amount;
  to.balance += transfer.amount;
}

/** Post a batch; the balances at the end and why transfers were refused. */
export function postAll(accounts, transfers) {
  const table = new Map(accounts.map((account) => [account.name, { ...account }]));
  const refused = [];
  for (const transfer of transfers) {
    try {
      post(table, transfer);
    } catch (error) {
      if (!(error instanceof TransferError)) throw error;
      refused.push(error.reason);
      }
  }
  const balances = Object.fromEntries([...table.values()].map((a) => [a.name, a.balance]));
  return { balances, refused };
}
