"""The check itself must see red: each case is a small tree with one violation."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import check_includes  # noqa: E402


def tree(root, files):
    for path, text in {"gate/core/value.h": "#include <string>\n", **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


GOOD = {
    "gate/main.cpp": '#include "gate/app/app.h"\n',
    "gate/app/app.cpp": '#include <CLI/CLI.hpp>\n#include "adapters/git/git.h"\n#include "rules/rules.h"\n',
    "gate/policy/load.cpp": '#include <yaml.h>\n#include <fmt/format.h>\n#include "gate/json/value.h"\n',
    "gate/policy/load.h": '#include "gate/core/value.h"\n',
    "gate/host/file.cpp": "#include <sys/stat.h>\n#include <filesystem>\n",
    "rules/registry.cpp": '#include "rules/rules.def"\n#include "gate/core/value.h"\n',
    "rules/code/a.cpp": '#include "rules/rules.h"\n',
    "adapters/formats/all.cpp": '#include "adapters/adapters.def"\n',
    "adapters/cpp/scan.cpp": "#include <clang/AST/Decl.h>\n#include <unistd.h>\n",
    "adapters/cpp/pool.cpp": "#include <sys/socket.h>\n",
    "gate/core/fact.h": "struct FactForge;\n",
    "tests/unit/fact_forge.h": "struct FactForge {};\n",
    "gate/core/notes.cpp": '// include "nothing"\nconst char* text = "#include <yaml.h>";\n',
}

BAD = [
    ("gate/core/a.cpp", '#include "gate/json/value.h"\n', "gate/core/a.cpp:1: core may not look up to json"),
    ("gate/model/a.h", '\n#include "gate/policy/load.h"\n', "gate/model/a.h:2: model may not look up to policy"),
    ("gate/json/a.cpp", '#include "gate/crypto/digest.h"\n', "json and crypto are siblings"),
    ("adapters/formats/a.cpp", '#include "adapters/attest/attest.h"\n', "formats and attest are siblings"),
    ("rules/code/a.cpp", '#include "gate/host/host.h"\n', "rules and host are siblings"),
    ("gate/evidence/a.cpp", '#include "gate/app/app.h"\n', "evidence may not look up to app"),
    ("gate/app/a.cpp", "#include <yaml.h>\n", "is a guest of policy, not of app"),
    ("gate/app/a.cpp", "#include <clang/AST/Decl.h>\n", "is a guest of cpp, not of app"),
    ("gate/json/a.cpp", "#include <openssl/evp.h>\n", "is a guest of crypto, not of json"),
    ("gate/core/a.cpp", "#include <fmt/format.h>\n", "not of core"),
    ("gate/policy/a.cpp", "#include <fstream>\n", "policy is pure"),
    ("rules/code/a.cpp", "#include <unistd.h>\n", "rules is pure"),
    ("gate/core/a.cpp", "#include <sys/stat.h>\n", "core is pure"),
    ("gate/host/a.cpp", "#include <sys/socket.h>\n", "opens sockets"),
    ("adapters/cpp/a.cpp", "#include <netdb.h>\n", "opens sockets"),
    ("adapters/cpp/a.cpp", "int s = socket(AF_INET, SOCK_STREAM, 0);\n", "opens a socket to the network"),
    ("gate/app/a.cpp", "#include <boost/asio.hpp>\n", "opens sockets"),
    ("gate/app/a.cpp", "#include <zlib.h>\n", "no header that this project knows"),
    ("gate/policy/a.cpp", '#include "load.h"\n', "is no path from the root"),
    ("gate/policy/a.cpp", '#include "../core/value.h"\n', "is no path from the root"),
    ("gate/policy/a.cpp", "#include HEADER\n", "must be written out"),
    ("gate/policy/a.cpp", '#  \\\n  include "gate/app/app.h"\n', "gate/policy/a.cpp:1: policy may not look up to app"),
    ("gate/policy/a.cpp", '%: include "gate/app/app.h"\n', "policy may not look up to app"),
    ("gate/elsewhere/a.cpp", "#include <string>\n", "belongs to no unit"),
    ("gate/app/a.cpp", '#include "rules/rules.def"\n', "may not expand rules/rules.def"),
    ("gate/app/a.cpp", '#include "tests/unit/fact_forge.h"\n', "is no path from the root"),
    ("rules/code/a.cpp", "gate::FactForge forge;\n", "rules/code/a.cpp:1: only tests may make facts"),
    ("scripts/a.sh", "true\n", "scripts:1: the top level is fixed"),
]


def test_a_good_tree_has_no_violation(tmp_path):
    assert check_includes.check(tree(tmp_path, GOOD)) == []


@pytest.mark.parametrize("path,text,sentence", BAD, ids=[f"{path}-{i}" for i, (path, _, _) in enumerate(BAD)])
def test_a_violation_is_named(tmp_path, path, text, sentence):
    violations = check_includes.check(tree(tmp_path, {**GOOD, path: text}))
    assert len(violations) == 1, violations
    assert sentence in violations[0]


def test_an_empty_tree_is_not_clean(tmp_path):
    assert check_includes.check(tmp_path) != []


def test_the_exit_status_tells(tmp_path):
    script = HERE / "check_includes.py"
    run = lambda: subprocess.run([sys.executable, script, tmp_path], capture_output=True, text=True, check=False)
    tree(tmp_path, GOOD)
    assert (run().returncode, run().stdout) == (0, "")
    tree(tmp_path, {"gate/core/a.cpp": '#include "gate/app/app.h"\n'})
    assert run().returncode == 1
    assert run().stdout == "gate/core/a.cpp:1: core may not look up to app\n"


def test_every_folder_has_a_layer():
    units = [unit for layer in check_includes.LAYERS for unit in layer]
    assert len(units) == len(set(units))
    assert set(check_includes.FOLDERS.values()) | {"main"} == set(units)


INSIDE = {"gate/policy/yaml.h": "#include <yaml.h>\n", "gate/policy/load.h": '#include "gate/policy/yaml.h"\n'}


def test_a_guest_may_stand_in_the_headers_of_its_own_folder(tmp_path):
    assert check_includes.check(tree(tmp_path, {**INSIDE, "gate/policy/load.cpp": '#include "gate/policy/load.h"\n'})) == []


def test_a_header_with_a_guest_in_it_is_private_also_through_another(tmp_path):
    for header in INSIDE:
        violations = check_includes.check(tree(tmp_path / header[-6], {**INSIDE, "gate/app/a.cpp": f'#include "{header}"\n'}))
        assert len(violations) == 1 and "a guest of policy alone" in violations[0], violations
