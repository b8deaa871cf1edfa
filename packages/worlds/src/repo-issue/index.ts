export { REPO_LANGUAGES, type FileTree, type RepoLanguage } from "./files.ts";
export { loadRepoIssues, repoNames, type FaultLocation, type LoadRepoOptions, type RepoIssue } from "./load.ts";
export { writeHidden, writeRepoIssue } from "./write.ts";
