//! The lesson format as a JSON Schema, for editors that complete keys and mark what does not fit while one types.

use serde_json::{Map, Value, json};

use crate::engine::rule::method::Half;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::lesson::file::format::{self, LESSON};
use crate::lesson::file::shape::{ANY, Case, Cases, MOST_COUNT, Shape, Table};
use crate::lesson::schema::Panel;
use crate::objective::catalog::LANDSCAPES;

/// The schema: draft 2020-12, one definition a table.
pub fn schema() -> Value {
    let mut parts: Map<String, Value> =
        format::tables().into_iter().map(|table| (name(table.what), part(table))).collect();
    for half in [Half::Direction, Half::StepSize] {
        parts.insert(half.key().to_owned(), rules(half));
    }
    parts.insert("setting".to_owned(), setting());
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A lesson of downhill, format 1",
        "$ref": format!("#/$defs/{}", name(LESSON.what)),
        "$defs": parts,
    })
}

/// The name of a definition: `a why card` as `why-card`; what is called by its key alone as `key-use`.
fn name(what: &str) -> String {
    let what = if what.starts_with('`') { format!("key {what}") } else { what.to_owned() };
    let words = what.split(' ').filter(|word| !["a", "an", "the"].contains(word));
    let plain = |word: &str| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    words.map(plain).collect::<Vec<_>>().join("-")
}

fn part(table: &Table) -> Value {
    let mut keys = Map::new();
    for key in table.all() {
        let mut taken = shape(&key.shape);
        if let Value::Object(taken) = &mut taken {
            taken.insert("description".to_owned(), key.about.into());
        }
        keys.insert(key.name.to_owned(), taken);
    }
    let needed: Vec<&str> = table.common().filter(|key| key.is_needed()).map(|key| key.name).collect();
    let others = table.named.as_ref().map_or(Value::Bool(false), shape);
    let mut part = json!({
        "type": "object",
        "description": table.what,
        "properties": keys,
        "required": needed,
        "additionalProperties": others,
    });
    if let Some(one_of) = table.one_of {
        part["oneOf"] = one_of.keys.iter().map(|key| json!({ "required": [key] })).collect();
    }
    if let Cases::Kind(cases) = table.cases {
        part["allOf"] = cases.iter().map(|case| self::case(case, table)).collect();
    }
    part
}

/// Of what kind a thing is says which keys it has.
fn case(case: &Case, table: &Table) -> Value {
    let names: Vec<&str> = table.common().chain(case.keys()).map(|key| key.name).collect();
    let needed: Vec<&str> = case.keys().filter(|key| key.is_needed()).map(|key| key.name).collect();
    json!({
        "if": { "properties": { "kind": { "const": case.of } }, "required": ["kind"] },
        "then": { "required": needed, "propertyNames": { "enum": names } },
    })
}

fn shape(shape: &Shape) -> Value {
    let reference = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    match *shape {
        Shape::Text | Shape::Written => json!({ "type": "string" }),
        Shape::Line | Shape::Heading | Shape::Quantity => json!({ "type": "string", "minLength": 1 }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Only(number) => json!({ "const": number }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Size => json!({ "type": "number", "minimum": 0 }),
        Shape::Count(least) => json!({ "type": "integer", "minimum": least, "maximum": MOST_COUNT }),
        Shape::Word(words) | Shape::Kind(words) => json!({ "type": "string", "enum": words }),
        Shape::Panel => json!({ "type": "string", "enum": Panel::ALL.map(Panel::name) }),
        Shape::Landscape => {
            let names: Vec<&str> = LANDSCAPES.iter().map(|landscape| landscape.name).collect();
            json!({ "type": "string", "enum": names })
        }
        Shape::List(of, least, most) => {
            let mut list = json!({ "type": "array", "items": self::shape(of), "minItems": least });
            if most < ANY {
                list["maxItems"] = most.into();
            }
            list
        }
        Shape::Table(table) => reference(&name(table.what)),
        Shape::Rule(half) => reference(half.key()),
        Shape::Setting => reference("setting"),
        Shape::Open(of) | Shape::Having(_, of) => self::shape(of),
        Shape::Either(shapes) => {
            let taken = shapes.iter().filter(|shape| !matches!(shape, Shape::Refused(..)));
            json!({ "anyOf": taken.map(self::shape).collect::<Vec<_>>() })
        }
        Shape::Refused(..) => Value::Bool(false),
    }
}

/// What may be put into some setting; which one is known only where its run is.
fn setting() -> Value {
    json!({
        "description": "the value of a setting, or settings of a rule",
        "type": ["number", "string", "boolean", "array", "object"],
    })
}

/// The rules of one half: which there are, and for each its settings and no others.
fn rules(half: Half) -> Value {
    let names = half.names();
    let mut keys = Map::new();
    keys.insert("rule".to_owned(), json!({ "enum": names, "description": "the name of the rule" }));
    let mut cases = Vec::new();
    for rule in &names {
        let mut settings = Map::new();
        settings.insert("rule".to_owned(), Value::Bool(true));
        for parameter in half.parameters(rule).unwrap_or_default() {
            let taken = described(parameter);
            // All of them at the top, too: there editors look for what can be completed.
            keys.entry(parameter.name).or_insert_with(|| json!({ "description": taken["description"] }));
            settings.insert(parameter.name.to_owned(), taken);
        }
        cases.push(json!({
            "if": { "properties": { "rule": { "const": rule } }, "required": ["rule"] },
            "then": { "properties": settings, "additionalProperties": false },
        }));
    }
    json!({ "type": "object", "properties": keys, "required": ["rule"], "allOf": cases })
}

/// What a setting takes, with its symbol and what it is.
fn described(parameter: &Parameter) -> Value {
    let mut taken = domain(&parameter.domain);
    let symbol = parameter.symbol;
    let words = parameter.domain.in_words();
    taken["description"] = if symbol == parameter.name {
        format!("{}: {words}", parameter.meaning).into()
    } else {
        format!("{symbol}, {}: {words}", parameter.meaning).into()
    };
    taken
}

fn domain(domain: &Domain) -> Value {
    match *domain {
        Domain::Positive => json!({ "type": "number", "exclusiveMinimum": 0 }),
        Domain::Above(low) => json!({ "type": "number", "exclusiveMinimum": low }),
        Domain::Fraction => json!({ "type": "number", "minimum": 0, "exclusiveMaximum": 1 }),
        Domain::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Domain::Between(low, high) => json!({ "type": "number", "exclusiveMinimum": low, "exclusiveMaximum": high }),
        Domain::Within(low, high) => json!({ "type": "number", "minimum": low, "maximum": high }),
        Domain::NotNegative => json!({ "type": "number", "minimum": 0 }),
        Domain::Real => json!({ "type": "number" }),
        Domain::Vector => json!({ "type": "array", "items": { "type": "number" } }),
        Domain::Text => json!({ "type": "string" }),
        Domain::Flag => json!({ "type": "boolean" }),
        Domain::Word(words) => json!({ "type": "string", "enum": words }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_a_definition_of_its_own() {
        let schema = schema();
        let tables = format::tables().len();
        assert_eq!(schema["$defs"].as_object().map(Map::len), Some(tables + 3));
    }
}
