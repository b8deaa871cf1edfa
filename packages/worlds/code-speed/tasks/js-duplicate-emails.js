/** Addresses that occur more than once, however they are capitalised, in the order of their first occurrence. */
export function duplicateEmails(emails) {
  const duplicates = [];
  for (let i = 0; i < emails.length; i++) {
    for (let j = i + 1; j < emails.length; j++) {
      if (emails[i].toLowerCase() === emails[j].toLowerCase()) {
        const email = emails[i].toLowerCase();
        if (!duplicates.includes(email)) duplicates.push(email);
      }
    }
  }
  return duplicates;
}
