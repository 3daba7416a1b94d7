// Which of two versions is older, by the rules of each kind of package. No rules are guessed.
#pragma once

#include <compare>
#include <optional>
#include <span>
#include <string_view>

namespace gate::model {

// The kinds whose order is known, as VERS and package URLs name them: "deb", "npm", "pypi", …; sorted.
std::span<const std::string_view> version_schemes();

// Nothing where the scheme is not among them, or one of the texts is no version of it. Versions that are spelled
// differently may be equal: "1.0" and "1.0.0" are, for Maven. Texts of more than 1 KiB are no versions.
std::optional<std::weak_ordering> compare_versions(std::string_view scheme, std::string_view a, std::string_view b);

}  // namespace gate::model
