#include <CLI/CLI.hpp>
#include <cstdio>

#include "adapters/attest/attest.h"
#include "adapters/cpp/cpp.h"
#include "gate/app/app.h"
#include "gate/app/catalogue.h"
#include "gate/app/verify.h"
#include "gate/host/host.h"

namespace gate::app {
namespace {

constexpr int usage_error = 2;

void add_common(CLI::App& command, Common& common) {
  command.add_flag("-q,--quiet", common.quiet, "Print the verdict alone");
  command.add_flag("-v,--verbose", common.verbose, "Say on standard error what was read");
  command.add_option("--color", common.colour, "Colours: auto, always or never")
      ->transform(CLI::CheckedTransformer(std::map<std::string, Colour>{{"auto", Colour::automatic},
                                                                        {"always", Colour::always},
                                                                        {"never", Colour::never}})
                      .description(""))
      ->type_name("WHEN");
  command.add_option("--lang", common.language, "Language of texts for people: en or ja")
      ->check(CLI::IsMember({"en", "ja"}));
}

// Repeatable, one value each time.
CLI::Option* add_list(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                      const std::string& form, const std::string& about) {
  return command.add_option(name, values, about + " (repeatable)")->type_name(form)->allow_extra_args(false);
}

void add_sources(CLI::App& command, SourceOptions& sources) {
  command.add_option("-j,--jobs", sources.jobs, "Worker processes")->check(CLI::Range(1, 256));
  command
      .add_option("--engine", sources.engine,
                  "How sources are read: cascade (as far as needed) or full; the same is found")
      ->transform(CLI::CheckedTransformer(std::map<std::string, cpp::Engine>{{"cascade", cpp::Engine::cascade},
                                                                             {"full", cpp::Engine::full}})
                      .description(""))
      ->type_name("ENGINE");
  const std::string cache = "Cache (facts of sources, good while nothing that they depend on has changed)";
  command.add_option("--cache", sources.cache, "Folder to take facts from and keep them in")
      ->type_name("DIR")
      ->group(cache);
  command.add_option("--cache-key", sources.cache_key, "File with a secret: only packs that were made with it count")
      ->type_name("FILE")
      ->group(cache);
  command.add_flag("--cache-read-only", sources.cache_read_only, "Keep nothing")->group(cache);
  command
      .add_option("--cache-size", sources.cache_megabytes, "Megabytes of it at most; what no run asked for goes first")
      ->check(CLI::Range(1, 4096))
      ->type_name("MB")
      ->group(cache);
}

// What is judged, by which policy, and where the reports go.
void add_scope(CLI::App& command, RunOptions& options) {
  command.add_option("--policy", options.policy, "A policy file, or an embedded policy: default, strict")->take_last();
  command.add_option("--policy-from", options.policy_from, "Read policy and trust from base or worktree")
      ->check(CLI::IsMember({"base", "worktree"}));
  command.add_option("--base", options.base, "Judge what HEAD adds to this revision, by the policy of this revision");
  command.add_option("--head", options.head, "The revision to judge instead of HEAD");
  add_list(command, "-o,--output", options.outputs, "FORMAT:PATH",
           "A report: text, statement, markdown, sarif, junit or baseline; '-' is standard output");
  command
      .add_option("--baseline", options.baseline,
                  "Fail on nothing that this file has (--output baseline:FILE writes it); with a base, the base's file")
      ->type_name("FILE");
  command.add_option("--shard-key", options.shard_key, "File with a secret: only shards that were made with it count")
      ->type_name("FILE");
}

void add_inputs(CLI::App& command, RunOptions& options) {
  const std::string inputs = "Inputs (added to the policy's, and recorded)";
  command.add_option("--compile-commands", options.compile_commands, "Folder or file of the compile database")
      ->group(inputs);
  add_list(command, "--report", options.reports, "FORMAT:PATH", "A scanner's report or an SBOM")->group(inputs);
  add_list(command, "--attestation", options.attestations, "PATH=SUBJECT", "A DSSE bundle and its artifact")
      ->group(inputs);
  const std::string trust = "Trust (added to the policy's, and recorded as an override)";
  add_list(command, "--key", options.keys, "ID=PATH", "A trusted public key")->group(trust);
  add_list(command, "--builder", options.builders, "ID", "A trusted builder")->group(trust);
  command.add_option("--allowed-signers", options.allowed_signers, "Who may sign commits, in ssh-keygen's format")
      ->group(trust);
}

void add_telling(CLI::App& command, Telling& telling) {
  command.add_flag("--explain", telling.explain, "Print every check, not the first problem alone");
  command.add_option("-o,--output", telling.output, "text, or json with every check")
      ->check(CLI::IsMember({"text", "json"}))
      ->take_last();
}

void add_verify_bundle(CLI::App& group, VerifyBundleOptions& options, std::function<int()>& action) {
  CLI::App* command = group.add_subcommand("bundle", "A Sigstore bundle, or a file of them, for one artifact");
  command->add_option("artifact", options.artifact, "The file, or sha256:HEX of it")->required();
  command->add_option("--bundle", options.bundle, "The bundle; usually ARTIFACT.sigstore.json")->type_name("FILE");
  command
      ->add_option("--certificate-identity", options.identity, "Who signed: the certificate's alternative name, whole")
      ->type_name("SAN");
  command->add_option("--certificate-oidc-issuer", options.issuer, "Who says so: the identity's issuer")
      ->type_name("URL");
  command->add_option("--key", options.key, "The public key that signed, instead of an identity")->type_name("PEM");
  command->add_option("--trusted-root", options.trusted_root, "A trusted_root.json, or public-good or github")
      ->type_name("FILE");
  add_telling(*command, options.telling);
  command->callback([&] { action = [&] { return verify_bundle(options); }; });
}

void add_verify_artifact(CLI::App& group, VerifyArtifactOptions& options, std::function<int()>& action) {
  CLI::App* command = group.add_subcommand("artifact", "A file by its attestations, and what they say of its making");
  command->add_option("artifact", options.artifact, "The file")->required()->type_name("FILE");
  add_list(*command, "--attestation", options.attestations, "FILE", "What attests it")->required();
  command->add_option("--format", options.format, "How the attestations are packed; dsse unless given")
      ->check(CLI::IsMember(attest::formats()));
  command->add_option("--package", options.package, "For npm: which package it is, with its version")
      ->type_name("PURL");
  add_list(*command, "--key", options.keys, "FILE",
           "A public key whose signature counts, in PEM or the format's own form");
  command->add_option("--threshold", options.threshold, "How many of the keys have to sign")->check(CLI::Range(1, 64));
  command
      ->add_option("--certificate-identity", options.identity, "Whose certificate counts: its alternative name, whole")
      ->type_name("SAN");
  command->add_option("--certificate-oidc-issuer", options.issuer, "Who says so: the identity's issuer")
      ->type_name("URL");
  command->add_option("--trusted-root", options.trusted_root, "A trusted_root.json, or public-good or github")
      ->type_name("FILE");
  command->add_flag("--skip-others", options.skip_others, "Let statements about something else stand beside");
  const std::string build = "Provenance (exact; each that is given has to hold)";
  command->add_option("--builder", options.builder, "The builder's id")->type_name("ID")->group(build);
  command->add_option("--source-repository", options.repository, "The repository's URL")
      ->type_name("URL")
      ->group(build);
  command->add_option("--source-ref", options.ref, "The full ref")->type_name("REF")->group(build);
  command->add_option("--source-tag", options.tag, "The tag's name")->type_name("TAG")->group(build);
  command->add_option("--source-commit", options.commit, "The full id")->type_name("ID")->group(build);
  const std::string summary = "Verification summary (all three, or none)";
  command->add_option("--verifier", options.verifier, "The verifier's id")->type_name("ID")->group(summary);
  command->add_option("--resource", options.resource, "The resource's URI")->type_name("URI")->group(summary);
  command->add_option("--level", options.level, "A level, which higher ones imply")->type_name("LEVEL")->group(summary);
  add_telling(*command, options.telling);
  command->callback([&] { action = [&] { return verify_artifact(options); }; });
}

void add_verify_signature(CLI::App& group, const char* object, const char* what,
                          int (*verify)(const VerifySignatureOptions&), VerifySignatureOptions& options,
                          std::function<int()>& action) {
  CLI::App* command = group.add_subcommand(object, what);
  command->add_option("object", options.object, "Which one")->required();
  command->add_option("--allowed-signers", options.allowed_signers, "Who may sign; otherwise as the policy says")
      ->type_name("FILE");
  command->add_option("--revoked-keys", options.revoked_keys, "Keys that no longer count: a KRL, or one key a line")
      ->type_name("FILE");
  command
      ->add_option("--openpgp-keyring", options.openpgp_keyring,
                   "Whose OpenPGP keys count, as gpg --export writes them")
      ->type_name("FILE");
  command->add_option("--x509-roots", options.x509_roots, "Who may certify signers (S/MIME): certificates in PEM")
      ->type_name("FILE");
  CLI::Option* identity =
      command->add_option("--certificate-identity", options.identity, "gitsign: whose certificate counts, whole")
          ->type_name("SAN");
  CLI::Option* issuer =
      command->add_option("--certificate-oidc-issuer", options.issuer, "Who says so: the identity's issuer")
          ->type_name("URL");
  identity->needs(issuer);
  issuer->needs(identity);
  command->add_option("--trusted-root", options.trusted_root, "A trusted_root.json, or public-good or github")
      ->type_name("FILE");
  command->add_option("--policy", options.policy, "A policy file, or an embedded policy");
  add_telling(*command, options.telling);
  command->callback([&options, &action, verify] { action = [&options, verify] { return verify(options); }; });
}

}  // namespace

int main(int argc, char** argv) {
  host::own_path();
  CLI::App gate(
      "A build pipeline runs gate before it lets software through.\n"
      "Exit status: 0 pass, 1 fail, 2 wrong usage or bad policy, 3 undecided.");
  gate.name("gate");
  gate.require_subcommand(1);
  gate.set_version_flag("--version", "gate " + gate_version());
  gate.footer("Start with: gate run        Learn a rule: gate explain code/banned-function\n");

  std::string folder;
  gate.add_option("-C", folder, "Run as if started in this folder");

  Common common;
  RunOptions options;
  int status = 0;
  std::function<int()> action;

  CLI::App* run_command = gate.add_subcommand("run", "Judge this project by a policy");
  add_scope(*run_command, options);
  add_sources(*run_command, options.sources);
  run_command->add_flag("--changed-only", options.changed_only,
                        "Of the sources, judge only units that read something that differs from the base; every report "
                        "says so");
  run_command
      ->add_option("--shard", options.shard,
                   "Judge share I of N of the sources and nothing else, for `gate merge`; auto: as GitLab's parallel "
                   "says. Goes with --output shard:PATH")
      ->type_name("I/N");
  add_inputs(*run_command, options);
  add_common(*run_command, common);
  run_command->callback([&] {
    action = [&] { return run(options, common); };
    options.ends_process = true;
  });

  CLI::App* merge_command =
      gate.add_subcommand("merge", "Judge as `run` does, with the sources as the shards of this run saw them");
  merge_command
      ->add_option("shards", options.shards, "The files of all shards; a folder stands for each *.gate-shard in it")
      ->required()
      ->type_name("SHARD");
  add_scope(*merge_command, options);
  merge_command->add_option("-j,--jobs", options.sources.jobs, "Worker processes")->check(CLI::Range(1, 256));
  add_inputs(*merge_command, options);
  add_common(*merge_command, common);
  merge_command->callback([&] {
    action = [&] { return run(options, common); };
    options.ends_process = true;
  });

  std::string format, file;
  CLI::App* inspect_command = gate.add_subcommand("inspect", "Show the facts that an adapter sees in a file, as JSON");
  inspect_command->add_option("format", format, "A report format, binary, or compile-commands")->required();
  inspect_command->add_option("file", file, "The file")->required();
  add_sources(*inspect_command, options.sources);
  inspect_command->add_flag("-v,--verbose", options.sources.tell_effort, "Say how far sources had to be read");
  inspect_command->callback([&] { action = [&] { return inspect(format, file, options.sources); }; });

  CLI::App* doctor_command =
      gate.add_subcommand("doctor", "Why sources cannot be read in full, and the command that mends it");
  doctor_command->add_option("database", file, "Folder or file of the compile database; without one, it is searched");
  add_sources(*doctor_command, options.sources);
  add_common(*doctor_command, common);
  doctor_command->callback([&] { action = [&] { return doctor(file, options.sources, common); }; });

  CLI::App* verify_command = gate.add_subcommand("verify", "One verification, with its reasons; without a network");
  verify_command->require_subcommand(1);
  VerifyBundleOptions verify_bundle_options;
  add_verify_bundle(*verify_command, verify_bundle_options, action);
  VerifyArtifactOptions verify_artifact_options;
  add_verify_artifact(*verify_command, verify_artifact_options, action);
  VerifySignatureOptions verify_commit_options, verify_tag_options;
  add_verify_signature(*verify_command, "commit", "The signature of a commit, by any revision", verify_commit,
                       verify_commit_options, action);
  add_verify_signature(*verify_command, "tag", "The signatures of a tag, by its name", verify_tag, verify_tag_options,
                       action);

  std::string rule;
  CLI::App* explain_command = gate.add_subcommand("explain", "Why a rule exists, what it wants, and how to comply");
  explain_command->add_option("rule", rule,
                              "The rule, such as code/banned-function; without one, all rules are listed");
  add_common(*explain_command, common);
  explain_command->callback(
      [&] { action = [&] { return rule.empty() ? list_rules(common) : explain(rule, common); }; });

  std::string policy;
  CLI::App* policy_command = gate.add_subcommand("policy", "Work on policies");
  policy_command->require_subcommand(1);
  CLI::App* check_command =
      policy_command->add_subcommand("check", "Read a policy as `run` does, and report every mistake");
  check_command->add_option("policy", policy, "A policy file, or an embedded policy");
  check_command->callback([&] { action = [&] { return policy_check(policy); }; });

  CLI::App* schema_command = gate.add_subcommand("schema", "The JSON Schema of a policy, for editors");
  schema_command->callback([&] { action = [] { return schema(); }; });

  bool as_json = false;
  CLI::App* version_command = gate.add_subcommand("version", "Versions of gate and of what is inside");
  version_command->add_flag("--json", as_json, "As JSON");
  version_command->callback([&] { action = [&] { return version(as_json); }; });

  CLI::App* hook_command = gate.add_subcommand("hook", "The git pre-push hook");
  hook_command->require_subcommand(1);
  bool force = false;
  CLI::App* install_command = hook_command->add_subcommand("install", "Install the hook in this repository");
  install_command->add_flag("--force", force, "Replace a hook that is not gate's; the old one is kept beside it");
  install_command->callback([&] { action = [&] { return hook_install(force); }; });
  hook_command->add_subcommand("uninstall", "Remove gate's hook")->callback([&] {
    action = [] { return hook_uninstall(); };
  });
  std::string remote, url;
  CLI::App* hook_run_command =
      hook_command->add_subcommand("run", "Judge a push: git calls this, with the refs on standard input");
  hook_run_command->add_option("remote", remote, "Name of the remote")->required();
  hook_run_command->add_option("url", url, "Its address");
  hook_run_command->add_option("--policy", options.policy, "A policy file, or an embedded policy");
  add_common(*hook_run_command, common);
  hook_run_command->callback([&] { action = [&] { return hook_run(remote, url, options, common); }; });

  // Started by gate itself for each worker; no part of the public command line.
  gate.add_subcommand("cpp-worker", "")->group("")->callback([&] { action = [] { return cpp::worker_main(); }; });

  if (argc == 1) {
    std::fputs(gate.help().c_str(), stderr);
    return usage_error;
  }
  try {
    gate.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = gate.exit(error);
    return code == 0 ? 0 : usage_error;
  }
  if (!folder.empty()) {
    if (Status entered = host::enter(folder); !entered) {
      std::fprintf(stderr, "gate: %s\n", describe(entered.error()).c_str());
      return usage_error;
    }
  }
  status = action();
  if (std::fflush(stdout) != 0 || std::ferror(stdout)) {
    std::fputs("gate: standard output could not be written\n", stderr);
    if (status == 0) status = 3;
  }
  return status;
}

}  // namespace gate::app
