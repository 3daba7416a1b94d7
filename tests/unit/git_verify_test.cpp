// Signatures of commits made by git(1) and ssh-keygen(1), and the same commits tampered with. git verify-commit is the
// oracle: gate must never accept what git refuses; where gate is stricter, the test says so.
#include <gtest/gtest.h>

#include <map>

#include "adapters/git/git.h"
#include "tests/unit/git_support.h"

namespace gate::git {
namespace {

using test::armored;
using test::dearmored;
using test::Workshop;

class GitVerify : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shop_ = std::make_unique<Workshop>();
    shop_->run(
        "git init -q -b main r && cd r && git config user.name T && git config user.email t@example.org && git config "
        "gpg.format ssh");
    for (const auto& [name, options] : {std::pair{"alice", "-t ed25519"},
                                        {"bob", "-t ecdsa -b 256"},
                                        {"carol", "-t ecdsa -b 384"},
                                        {"dave", "-t rsa -b 3072"},
                                        {"weak", "-t rsa -b 1024"},
                                        {"p521", "-t ecdsa -b 521"},
                                        {"eve", "-t ed25519"},
                                        {"expired", "-t ed25519"},
                                        {"files", "-t ed25519"},
                                        {"ca", "-t ed25519"}}) {
      shop_->run(std::string("ssh-keygen -q -N '' -C '' ") + options + " -f " + name);
    }
    std::string allowed = "# the team\n";
    for (const std::string name : {"bob", "carol", "dave", "weak", "p521"})
      allowed += name + "@example.org " + public_key(name) + "\n";
    allowed += "\"Alice Example <alice@example.org>\" " + public_key("alice") + "\n";
    allowed += "expired@example.org valid-before=\"20260101Z\" " + public_key("expired") + "\n";
    allowed += "files@example.org namespaces=\"file\" " + public_key("files") + "\n";
    allowed += "*@example.org cert-authority " + public_key("ca") + "\n";
    shop_->write("allowed", allowed);
  }
  static void TearDownTestSuite() { shop_.reset(); }

  static std::string public_key(const std::string& name) {
    std::string line = shop_->read(name + ".pub");
    line.resize(line.find_last_not_of(" \n") + 1);
    return line;
  }
  static std::string fingerprint(const std::string& name) {
    return shop_->run("ssh-keygen -l -f " + name + ".pub | cut -d' ' -f2");
  }

  // A commit without parents, signed by git with this key; unsigned without one.
  static std::string commit(const std::string& key, const std::string& message = "Subject") {
    const std::string sign = key.empty() ? "--no-gpg-sign" : "-S";
    const std::string config = key.empty() ? "" : "-c user.signingkey=../" + key;
    return shop_->run(
        "cd r && git checkout -q --orphan $(mktemp -u bXXXXXXXX) && "
        "GIT_AUTHOR_DATE='1750000000 +0900' GIT_COMMITTER_DATE='1750000000 +0900' git " +
        config + " commit -q --allow-empty " + sign + " -m '" + message + "' && git rev-parse HEAD");
  }
  static std::string raw(const std::string& id) {
    shop_->run("git -C r cat-file commit " + id + " > raw");
    return shop_->read("raw");
  }
  static std::string store(const std::string& bytes) {
    shop_->write("raw", bytes);
    return shop_->run("git -C r hash-object -t commit -w --literally --stdin < raw");
  }
  // The commit `raw` with a header that holds this signature, after the committer.
  static std::string with_signature(const std::string& unsigned_raw, const std::string& armor,
                                    const std::string& header = "gpgsig") {
    std::string value = armor.substr(0, armor.size() - 1);
    for (std::size_t at = 0; (at = value.find('\n', at)) != std::string::npos; ++at) value.insert(at + 1, " ");
    std::string out = unsigned_raw;
    return out.insert(out.find("\n\n") + 1, header + " " + value + "\n");
  }
  static std::string ssh_sign(const std::string& key, const std::string& payload,
                              const std::string& name_space = "git") {
    shop_->write("payload", payload);
    shop_->run("rm -f payload.sig && ssh-keygen -q -Y sign -n '" + name_space + "' -f " + key + " payload");
    return shop_->read("payload.sig");
  }
  static std::string header_of(const std::string& raw_commit) {
    const auto start = raw_commit.find("gpgsig ");
    return raw_commit.substr(start, raw_commit.find("-----END SSH SIGNATURE-----\n") + 28 - start);
  }
  static std::string without(std::string text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos);
    return text.erase(text.find(part), part.size());
  }

  static bool git_accepts(const std::string& id) {
    return shop_->try_run("cd r && git -c gpg.ssh.allowedSignersFile=../allowed verify-commit " + id).status == 0;
  }

  struct Seen {
    std::string signer, problem, format, key;
    Coverage coverage = Coverage::absent;
    std::vector<Error> problems;
  };
  static FactBatch judge_all(const std::string& id, const std::string& at = "2026-06-01T00:00:00Z") {
    const auto repository = Repository::open(shop_->path("r"));
    EXPECT_TRUE(repository);
    const Document allowed{shop_->read("allowed"), {"allowed", {}, {}}};
    return repository->commit_signatures({id, {}}, {.allowed_signers = &allowed, .now = *parse_instant(at)});
  }
  static Seen judge(const std::string& id, const std::string& at = "2026-06-01T00:00:00Z") {
    const FactBatch batch = judge_all(id, at);
    Seen seen;
    seen.coverage = batch.coverage.at(FactKind::commit);
    seen.problems = batch.problems;
    const auto& facts = batch.facts.of<CommitSignature>();
    EXPECT_EQ(facts.size(), 1u);
    if (facts.size() != 1) return seen;
    EXPECT_EQ(facts[0].id(), id);
    EXPECT_EQ(facts[0].problem().empty(), !facts[0].signer().empty());
    seen.signer = facts[0].signer();
    seen.problem = facts[0].problem();
    seen.format = facts[0].format();
    seen.key = facts[0].key();
    return seen;
  }

  static void expect_good(const std::string& id, const std::string& signer) {
    const Seen seen = judge(id);
    EXPECT_EQ(seen.signer, signer) << seen.problem;
    EXPECT_EQ(seen.coverage, Coverage::complete);
    EXPECT_TRUE(git_accepts(id));
  }
  enum class Git { refuses, accepts };
  static void expect_bad(const std::string& id, const std::string& problem, Git git = Git::refuses) {
    const Seen seen = judge(id);
    EXPECT_EQ(seen.signer, "");
    EXPECT_EQ(seen.problem, problem);
    EXPECT_EQ(git_accepts(id), git == Git::accepts) << problem;
  }

  static inline std::unique_ptr<Workshop> shop_;
};

TEST_F(GitVerify, GoodSignaturesOfEveryKind) {
  expect_good(commit("alice"), "Alice Example <alice@example.org>");
  expect_good(commit("bob"), "bob@example.org");
  expect_good(commit("carol"), "carol@example.org");
  expect_good(commit("dave"), "dave@example.org");
  expect_good(commit("p521"), "p521@example.org");
  const Seen seen = judge(commit("alice"));
  EXPECT_EQ(seen.format, "ssh");
  EXPECT_EQ(seen.key, fingerprint("alice"));
  EXPECT_TRUE(seen.problems.empty());
}

TEST_F(GitVerify, Unsigned) {
  const std::string id = commit("");
  expect_bad(id, "not signed");
  EXPECT_EQ(judge(id).format, "");
  EXPECT_EQ(judge(id).coverage, Coverage::complete);
}

TEST_F(GitVerify, AKeyThatNobodyEnrolled) {
  const std::string id = commit("eve");
  expect_bad(id, "signed with a key that is not in allowed: " + fingerprint("eve"));
  EXPECT_EQ(judge(id).key, fingerprint("eve"));
}

TEST_F(GitVerify, EveryChangedPartOfTheCommitIsSeen) {
  const std::string good = raw(commit("alice", "Subject of the commit"));
  const std::string bad = "bad signature: it does not fit the signed bytes and the key";
  std::string changed = good;
  changed[changed.find("Subject")] = 's';
  expect_bad(store(changed), bad);
  changed = good;
  changed.replace(changed.find("author T"), 8, "author U");
  expect_bad(store(changed), bad);
  changed = good;
  changed.insert(changed.find("gpgsig "), "x-header value\n");
  expect_bad(store(changed), bad);
  expect_bad(store(good + "\n"), bad);
  expect_bad(store(good.substr(0, good.size() - 1)), bad);
}

// The signature of one commit on another.
TEST_F(GitVerify, ATransplantedSignature) {
  const std::string header = header_of(raw(commit("alice", "One")));
  std::string other = raw(commit("", "Two"));
  other.insert(other.find("\n\n") + 1, header);
  expect_bad(store(other), "bad signature: it does not fit the signed bytes and the key");
}

// V5, the three ways in which libgit2's extraction errs.
TEST_F(GitVerify, BytesAfterANul) {
  expect_bad(store(raw(commit("alice")) + std::string("\0evil", 5)),
             "not a commit that can be judged: a NUL byte in a commit");
}

TEST_F(GitVerify, ASignatureMovedIntoTheBody) {
  const std::string good = raw(commit("alice"));
  const std::string header = header_of(good);
  std::string moved = without(good, header);
  moved.insert(moved.find("\n\n") + 2, header);
  expect_bad(store(moved), "not signed");
}

TEST_F(GitVerify, AHeaderForTheOtherHash) {
  const std::string good = raw(commit("alice"));
  const std::string other = "gpgsig-sha256 -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n";
  std::string before = good, after = good;
  before.insert(before.find("gpgsig "), other);
  after.insert(after.find("\n\n") + 1, other);
  expect_good(store(before), "Alice Example <alice@example.org>");
  expect_good(store(after), "Alice Example <alice@example.org>");
}

// V4, V6. git 2.39 takes a doubled SSH header, since it joins both and reads the first; gate does not choose.
TEST_F(GitVerify, DoubledHeaders) {
  const std::string good = raw(commit("alice"));
  std::string doubled = good;
  doubled.insert(doubled.find("gpgsig "), header_of(good));
  expect_bad(store(doubled), "not a commit that can be judged: a second gpgsig header", Git::accepts);

  std::string two_trees = raw(commit(""));
  two_trees.insert(0, two_trees.substr(0, two_trees.find('\n') + 1));
  const std::string id = store(with_signature(two_trees, ssh_sign("alice", two_trees)));
  std::string child = raw(commit(""));
  child.insert(child.find("author "), "parent " + id + "\n");
  const FactBatch batch = judge_all(store(child));
  std::map<std::string, std::string> problems;
  for (const auto& fact : batch.facts.of<CommitSignature>()) problems[fact.id()] = fact.problem();
  EXPECT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[id], "not a commit that can be judged: a second tree header");
  EXPECT_EQ(batch.coverage.at(FactKind::commit), Coverage::partial);  // what stands behind it is not judged
  ASSERT_EQ(batch.problems.size(), 1u);
  EXPECT_EQ(batch.problems[0].where.at, id);
  // As the head itself it is no commit to libgit2 either.
  EXPECT_EQ(judge_all(id).coverage.at(FactKind::commit), Coverage::absent);
}

// Stricter than git and ssh-keygen, which ignore what follows the first block.
TEST_F(GitVerify, TextAfterTheArmor) {
  const std::string good = raw(commit("alice"));
  std::string longer = good;
  longer.insert(longer.find("-----END SSH SIGNATURE-----\n") + 28, " unsigned text\n");
  expect_bad(store(longer), "SSH signature: the armor does not end, or something follows it", Git::accepts);
}

// V32
TEST_F(GitVerify, NamespacesAreExact) {
  const std::string plain = raw(commit(""));
  const std::string bad = "signed for another purpose than git (wrong SSH namespace)";
  expect_bad(store(with_signature(plain, ssh_sign("alice", plain, "file"))), bad);
  expect_bad(store(with_signature(plain, ssh_sign("alice", plain, "Git"))), bad);
  expect_bad(store(with_signature(plain, ssh_sign("alice", plain, "git "))), bad);
  expect_good(store(with_signature(plain, ssh_sign("alice", plain))), "Alice Example <alice@example.org>");
  expect_bad(commit("files"), "signed by files@example.org, whose key is not for signatures of git (allowed:9:37)");
}

// V30: git judges at the date that the committer wrote; gate judges at the time of the run.
TEST_F(GitVerify, ExpiredKeys) {
  const std::string id = commit("expired");
  expect_bad(id, "signed by expired@example.org, whose key was valid only before 2026-01-01T00:00:00Z (allowed:8:46)",
             Git::accepts);
  EXPECT_EQ(judge(id, "2025-12-31T23:59:59Z").signer, "expired@example.org");
}

// V33: git takes what OpenSSH takes.
TEST_F(GitVerify, WeakKeys) {
  expect_bad(commit("weak"), "signed with an RSA key of 1024 bits; 2048 to 8192 are accepted", Git::accepts);
  EXPECT_EQ(judge(commit("weak")).coverage, Coverage::complete);
}

// V2: what gate cannot verify is neither signed nor unsigned; it was not looked at.
TEST_F(GitVerify, KindsWithoutSupport) {
  const std::string plain = raw(commit(""));
  const std::map<std::string, std::string> armors{
      {"openpgp", "-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n"},
      {"x509", "-----BEGIN SIGNED MESSAGE-----\nx\n-----END SIGNED MESSAGE-----\n"}};
  for (const auto& [format, armor] : armors) {
    const std::string id = store(with_signature(plain, armor));
    expect_bad(id, format + " signatures are not verified by this version");
    const Seen seen = judge(id);
    EXPECT_EQ(seen.format, format);
    EXPECT_EQ(seen.coverage, Coverage::partial);
    ASSERT_EQ(seen.problems.size(), 1u);
    EXPECT_EQ(seen.problems[0].code, Errc::unsupported_version);
    EXPECT_EQ(seen.problems[0].where.at, id);
  }
  expect_bad(store(with_signature(plain, "-----BEGIN NOVELTY-----\nx\n-----END NOVELTY-----\n")),
             "a signature of an unknown format");
}

TEST_F(GitVerify, Certificates) {
  const std::string plain = raw(commit(""));
  const auto certified = [&](const std::string& options) {
    shop_->run("ssh-keygen -q -s ca -I id " + options +
               " eve.pub && cp eve certified && cp eve-cert.pub certified.pub");
    return store(with_signature(plain, ssh_sign("certified.pub", plain)));
  };
  expect_good(certified("-n eve@example.org"), "eve@example.org");
  expect_good(certified("-n nobody,eve@example.org"), "eve@example.org");
  const std::string nobody = "a certificate for nobody whom its authority may certify (allowed:10:30)";
  EXPECT_EQ(judge(certified("-n eve@elsewhere.org")).problem, nobody);
  EXPECT_EQ(judge(certified("")).problem, nobody);
  EXPECT_EQ(judge(certified("-n eve@example.org -V 20200101:20210101")).problem, "a certificate that has expired");
  EXPECT_EQ(judge(certified("-n eve@example.org -V 20300101:20310101")).problem, "a certificate that is not valid yet");
  EXPECT_EQ(judge(certified("-n eve@example.org -h")).problem, "a certificate of a host, not of a user");
  EXPECT_EQ(judge(certified("-n eve@example.org -O force-command=true")).problem,
            "a certificate with a critical option that signatures cannot meet");
  shop_->run("ssh-keygen -q -s bob -I id -n eve@example.org eve.pub && cp eve-cert.pub certified.pub");
  const Seen by_bob = judge(store(with_signature(plain, ssh_sign("certified.pub", plain))));
  EXPECT_EQ(by_bob.signer, "");  // bob may sign, and may certify nobody
}

TEST_F(GitVerify, RevokedKeys) {
  const std::string id = commit("alice"), other = commit("bob");
  const auto repository = Repository::open(shop_->path("r"));
  const Document allowed{shop_->read("allowed"), {"allowed", {}, {}}};
  const auto state = [&](const std::string& commit_id, const Document& revoked) {
    const FactBatch batch = repository->commit_signatures(
        {commit_id, {}},
        {.allowed_signers = &allowed, .revoked_keys = &revoked, .now = *parse_instant("2026-06-01T00:00:00Z")});
    const auto& facts = batch.facts.of<CommitSignature>();
    return facts.empty() ? "nothing seen" : std::string(name(facts[0].state()));
  };
  const Document gone{public_key("alice") + "\n", {"gone", {}, {}}};
  EXPECT_EQ(state(id, gone), "revoked-key");
  EXPECT_EQ(state(other, gone), "verified");
  EXPECT_EQ(state(other, {"nonsense\n", {"gone", {}, {}}}), "nothing seen");
}

TEST_F(GitVerify, BrokenSignatures) {
  const std::string plain = raw(commit(""));
  const std::string armor = ssh_sign("alice", plain);
  const std::string blob = dearmored(armor);
  expect_bad(store(with_signature(plain, armored(blob.substr(0, blob.size() - 1)))),
             "SSH signature: cut, or followed by other bytes");
  expect_bad(store(with_signature(plain, armored(blob + "x"))), "SSH signature: cut, or followed by other bytes");
  std::string changed = blob;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  expect_bad(store(with_signature(plain, armored(changed))),
             "bad signature: it does not fit the signed bytes and the key");
  expect_bad(store(with_signature(plain, "-----BEGIN SSH SIGNATURE-----\n!\n-----END SSH SIGNATURE-----\n")),
             "SSH signature: bad base64");
}

// A merge of a signed tag keeps the tag, signature and all, in a header of the commit.
TEST_F(GitVerify, MergesOfSignedTags) {
  const std::string id = shop_->run(
      "cd r && git checkout -q --orphan merging && export GIT_AUTHOR_DATE='1750000000 +0000' "
      "GIT_COMMITTER_DATE='1750000000 +0000' && "
      "git config user.signingkey ../alice && git commit -q -S --allow-empty -m base && git checkout -q -b topic && "
      "git commit -q -S --allow-empty -m topic && git tag -s -m tagged v9 && git checkout -q merging && git merge -q "
      "-S --no-ff -m merge v9 && "
      "git rev-parse HEAD");
  ASSERT_NE(raw(id).find("mergetag object"), std::string::npos);
  EXPECT_TRUE(git_accepts(id));
  const FactBatch batch = judge_all(id);
  ASSERT_EQ(batch.facts.of<CommitSignature>().size(), 3u);
  for (const auto& fact : batch.facts.of<CommitSignature>())
    EXPECT_EQ(fact.signer(), "Alice Example <alice@example.org>") << fact.problem();
}

TEST_F(GitVerify, NoListOfSignersNoTrust) {
  const auto repository = Repository::open(shop_->path("r"));
  const FactBatch batch = repository->commit_signatures(
      {commit("alice"), {}}, {.allowed_signers = nullptr, .now = *parse_instant("2026-06-01T00:00:00Z")});
  ASSERT_EQ(batch.facts.of<CommitSignature>().size(), 1u);
  EXPECT_EQ(batch.facts.of<CommitSignature>()[0].problem(), "signed, but the policy names no allowed_signers");
}

TEST_F(GitVerify, ABadLineOfTheListLowersTheCoverage) {
  const auto repository = Repository::open(shop_->path("r"));
  const Document allowed{"alice " + public_key("alice") + "\nbob surprise " + public_key("bob") + "\n",
                         {"allowed", {}, {}}};
  const FactBatch batch = repository->commit_signatures(
      {commit("alice"), {}}, {.allowed_signers = &allowed, .now = *parse_instant("2026-06-01T00:00:00Z")});
  EXPECT_EQ(batch.facts.of<CommitSignature>()[0].signer(), "alice");
  EXPECT_EQ(batch.coverage.at(FactKind::commit), Coverage::partial);
  ASSERT_EQ(batch.problems.size(), 1u);
  EXPECT_EQ(batch.problems[0].where.at, "2:5");
}

}  // namespace
}  // namespace gate::git
