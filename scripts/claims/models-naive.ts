/** One call in a process of its own, as a driver without an engine makes it. Prints its CPU time and memory as JSON. */
const [url = ""] = process.argv.slice(2);
const response = await fetch(`${url}/chat/completions`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ model: "instant", stream: true, messages: [{ role: "user", content: "Change the code." }] }),
});
const text = await response.text();
if (!text.includes("REPLACE")) throw new Error("no edit in the answer");
const { user, system } = process.cpuUsage();
process.stdout.write(
  `${JSON.stringify({ cpuMs: (user + system) / 1000, rssMb: process.resourceUsage().maxRSS / 1024 })}\n`,
);
