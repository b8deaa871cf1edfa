/** Lines of an invoice with the names and prices of the articles; lines of unknown articles are dropped. */
export function invoiceLines(lines, articles) {
  return lines
    .filter((line) => articles.some((article) => article.id === line.article))
    .map((line) => {
      const article = articles.find((candidate) => candidate.id === line.article);
      return { name: article.name, total: article.price * line.count };
    });
}
