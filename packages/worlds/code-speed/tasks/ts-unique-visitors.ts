interface Visit {
  user: string;
  page: string;
}

/** Number of different visitors of each page. */
export function uniqueVisitors(visits: Visit[]): Record<string, number> {
  const pages = visits.map((visit) => visit.page).filter((page, i, all) => all.indexOf(page) === i);
  const counts: Record<string, number> = {};
  for (const page of pages) {
    const users: string[] = [];
    for (const visit of visits) {
      if (visit.page === page && users.indexOf(visit.user) < 0) {
        users.push(visit.user);
      }
    }
    counts[page] = users.length;
  }
  return counts;
}
