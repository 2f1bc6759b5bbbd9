// What somebody writes who has nothing but the types made from openapi.json.
import type { components, paths } from "./openapi";

declare const process: { argv: string[]; exit(code: number): never };

type Body = paths["/v1/check"]["post"]["requestBody"]["content"]["application/json"];
type Reply = paths["/v1/check"]["post"]["responses"][200]["content"]["application/json"];
type Problem = components["schemas"]["Problem"];

const body: Body = {
  draft: { text: "What a fucking mess.", platform: "x" },
  account: { handle: "@acme", kind: "brand" },
  options: { offsets: "utf16" },
};

// @ts-expect-error: a platform that doesn't exist must not compile
export const unknownPlatform: Body = { draft: { text: "Hi", platform: "myspace" }, account: "acme" };
// @ts-expect-error: the account is required
export const noAccount: Body = { draft: { text: "Hi" } };

const answer = await fetch(`${process.argv[2]}/v1/check`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});
if (!answer.ok) {
  const problem: Problem = await answer.json();
  console.error(problem.title, problem.detail);
  process.exit(1);
}
const reply: Reply = await answer.json();
const verdict: "pass" | "warn" | "hold" | "block" = reply.verdict;
const words = reply.warnings.flatMap((warning) => warning.spans.map((span) => span.text));
console.log(JSON.stringify({ verdict, words }));
