/** Messages that are not among the read ones, newest first. */
export function unreadMessages(messages, readIds) {
  let unread = [];
  for (let i = 0; i < messages.length; i++) {
    const message = messages[i];
    if (readIds.indexOf(message.id) === -1) {
      unread = [message.subject, ...unread];
    }
  }
  return unread;
}
