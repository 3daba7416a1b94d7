// Runs a composite action as GitHub's runner does, so that action.yml is executed by the tests and not only read.
//
//   node run_action.mjs < request.json > result.json
//
// request: {action, workspace, inputs, env, github}: the folder of action.yml, the folder to run in, inputs by name,
//          the runner's environment, the `github` context.
// result:  {conclusion, outputs, steps: [{id, name, outcome, status, outputs, log}], summary, commands}
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { parse as parseYaml } from "yaml";

const summaryLimit = 1024 * 1024;
const shells = { bash: ["bash", "--noprofile", "--norc", "-eo", "pipefail"], sh: ["sh", "-e"] };
const stepKeys = ["name", "id", "if", "shell", "run", "env", "working-directory", "continue-on-error"];

const statusFunctions = (failed) =>
  new Map(
    Object.entries({ always: true, success: !failed, failure: failed, cancelled: false }).map(([name, value]) => [
      name, { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) },
    ]),
  );

function evaluate(expression, contexts, failed) {
  const functions = statusFunctions(failed);
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), [...functions.values()]).parse();
  return new Evaluator(tree, JSON.parse(JSON.stringify(contexts), data.reviver), functions).evaluate();
}

// "text ${{ expression }} text"; a quoted string inside an expression may hold the end mark.
function interpolate(template, contexts, failed) {
  return String(template ?? "").replace(/\$\{\{((?:[^'}]|'(?:[^']|'')*'|\}(?!\}))*)\}\}/g, (_, expression) =>
    evaluate(expression, contexts, failed).coerceString(),
  );
}

function isDue(step, contexts, failed) {
  if (step.if === undefined) return !failed;
  const expression = String(step.if).trim().replace(/^\$\{\{(.*)\}\}$/s, "$1");
  const asksForStatus = /\b(always|success|failure|cancelled)\s*\(/i.test(expression);
  const value = evaluate(asksForStatus ? expression : `success() && (${expression})`, contexts, failed);
  return !["", "0", "false", "NaN"].includes(value.coerceString());
}

// GITHUB_OUTPUT and GITHUB_ENV: "name=value", or "name<<delimiter", lines, "delimiter".
function readCommandFile(path) {
  const found = {};
  const lines = readFileSync(path, "utf8").split("\n");
  while (lines.length) {
    const line = lines.shift().replace(/\r$/, "");
    if (line === "") continue;
    const [, name, mark, rest] = line.match(/^([^=<]+|[^=]+?)(=|<<)(.*)$/) ?? [];
    if (!name) throw new Error(`invalid format '${line}'`);
    if (mark === "=") {
      found[name] = rest;
      continue;
    }
    const end = lines.indexOf(rest);
    if (end < 0) throw new Error(`matching delimiter not found '${rest}'`);
    found[name] = lines.splice(0, end + 1).slice(0, -1).join("\n");
  }
  return found;
}

// The commands that the runner obeys in a step's log: "::command properties::text" after blanks at most, or the older
// "##[command properties]text" anywhere in a line. set-output is deprecated and not gone.
function obeyLog(log, outputs, commands) {
  let stopToken = null;
  for (const line of log.split(/\r\n|\n|\r/)) {
    const found =
      line.match(/^\s*::([^\s:]+)(?: ([^:]*))?::(.*)$/) ?? line.match(/##\[([^\s\]]+)(?: ([^\]]*))?\](.*)$/);
    if (!found) continue;
    const [, command, properties = "", text] = found;
    if (stopToken !== null) {
      if (command === stopToken) stopToken = null;
    } else if (command === "stop-commands") {
      stopToken = text;
    } else {
      commands.push({ command, properties, text });
      if (command === "set-output") outputs[properties.replace(/^name=|;$/g, "")] = text;
    }
  }
  if (stopToken !== null) throw new Error("a step left the commands stopped");
}

function resolveInputs(declared, given) {
  const unknown = Object.keys(given).filter((name) => !(name.toLowerCase() in declared));
  if (unknown.length) throw new Error(`unexpected inputs: ${unknown}`);
  const byName = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return Object.fromEntries(
    Object.entries(declared).map(([name, input]) => [name, byName[name] ?? String(input?.default ?? "")]),
  );
}

function runStep(step, state, request) {
  const unknown = Object.keys(step).filter((key) => !stepKeys.includes(key));
  if (unknown.length) throw new Error(`this runner has no step key ${unknown}`);
  if (!shells[step.shell]) throw new Error(`a composite run step needs a known shell, not '${step.shell}'`);

  const scratch = mkdtempSync(join(tmpdir(), "step-"));
  const files = Object.fromEntries(
    ["GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"].map((name) => [name, join(scratch, name)]),
  );
  for (const path of Object.values(files)) writeFileSync(path, "");
  const script = join(scratch, "script");
  writeFileSync(script, interpolate(step.run, state.contexts, state.failed));

  const environment = { ...request.env, ...state.env };
  const resolve = (template) => interpolate(template, state.contexts, state.failed);
  for (const [name, value] of Object.entries(step.env ?? {})) environment[name] = resolve(value);
  Object.assign(environment, files, {
    GITHUB_ACTION_PATH: request.action,
    GITHUB_WORKSPACE: request.workspace,
    PATH: [...state.path, request.env.PATH].join(":"),
  });
  const [program, ...options] = shells[step.shell];
  const child = spawnSync(program, [...options, script], {
    cwd: join(request.workspace, resolve(step["working-directory"])),
    env: environment, encoding: "utf8", timeout: 600_000, maxBuffer: 1 << 28,
  });

  const result = { status: child.status ?? -1, outputs: {}, log: (child.stdout ?? "") + (child.stderr ?? "") };
  obeyLog(result.log, result.outputs, state.commands);
  Object.assign(result.outputs, readCommandFile(files.GITHUB_OUTPUT));
  Object.assign(state.env, readCommandFile(files.GITHUB_ENV));
  state.path.unshift(...readFileSync(files.GITHUB_PATH, "utf8").split("\n").filter(Boolean).reverse());
  const summary = existsSync(files.GITHUB_STEP_SUMMARY) ? readFileSync(files.GITHUB_STEP_SUMMARY) : Buffer.alloc(0);
  if (summary.length <= summaryLimit) state.summary += summary.toString();
  rmSync(scratch, { recursive: true });
  return result;
}

function runAction(request) {
  const action = parseYaml(readFileSync(join(request.action, "action.yml"), "utf8"));
  if (action.runs.using !== "composite") throw new Error("no composite action");
  const state = { failed: false, env: {}, path: [], summary: "", commands: [] };
  const contexts = (state.contexts = {
    inputs: resolveInputs(action.inputs ?? {}, request.inputs),
    github: { ...request.github, action_path: request.action, workspace: request.workspace },
    runner: { os: "Linux", arch: "X64", temp: tmpdir() },
    env: state.env,
    steps: {},
  });

  const steps = [];
  for (const step of action.runs.steps) {
    const report = { id: step.id ?? "", name: step.name ?? "", outcome: "skipped", status: null, outputs: {}, log: "" };
    if (isDue(step, contexts, state.failed)) {
      Object.assign(report, runStep(step, state, request));
      report.outcome = report.status === 0 ? "success" : "failure";
      if (report.status !== 0 && step["continue-on-error"] !== true) state.failed = true;
    }
    const { outcome, outputs } = report;
    if (step.id) contexts.steps[step.id] = { outcome, conclusion: outcome, outputs };
    steps.push(report);
  }
  const outputs = {};
  for (const [name, output] of Object.entries(action.outputs ?? {})) {
    outputs[name] = interpolate(output.value, contexts, state.failed);
  }
  const { summary, commands } = state;
  return { conclusion: state.failed ? "failure" : "success", outputs, steps, summary, commands };
}

process.stdout.write(JSON.stringify(runAction(JSON.parse(readFileSync(0, "utf8")))));
