// What an adapter saw, as JSON: for `gate inspect` and for comparing with what was expected.
#pragma once

#include "gate/core/fact.h"
#include "gate/json/value.h"

namespace gate::evidence {

// {"coverage": {plural: "complete"},
//  "facts": {plural: [{field…, "origin": {…}}]},
//  "problems": [{"code", "what", "where"}]}
//
// Facts are sorted and without duplicates, problems sorted. Kinds that the batch does not speak about are left out; a
// kind that it does speak about has a list, be it empty.
json::Value to_json(const FactBatch& batch);

json::Value to_json(const Origin& origin);      // {"artifact", "sha256", "at"}; the last two only where known
json::Value to_json(const Error& error);        // {"code", "what", "where"}
json::Value to_json(const Location& location);  // {"file", "line", "column"}, zeros left out

}  // namespace gate::evidence
