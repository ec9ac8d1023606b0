//! A question in a lesson file: what every kind of question has.

use crate::engine::rule::method::Method;
use crate::engine::rule::parameter::Domain;
use crate::lesson::file::fields::{Fields, Value};
use crate::lesson::file::judge::opened;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::spelling;
use crate::lesson::file::shape::Shape::{List, Number};
use crate::lesson::question::{Ask, Kind, Range};
use crate::lesson::scenario::Scenario;

/// `ask = { kind = "choose", … }`, on the learner's method as the page has it.
pub fn ask(
    value: &Value<'_>,
    scenario: Option<&Scenario>,
    method: Option<&Method>,
    desk: &mut Desk<'_>,
) -> Option<Ask> {
    let fields = value.table()?;
    let vary = fields.table("vary").map_or_else(Vec::new, |named| ranges(named, method, desk));
    let kind = Kind::read(fields.word("kind")?, fields, scenario, desk);
    Some(Ask {
        question: fields.text("question")?,
        kind: kind?,
        confidence: fields.flag("confidence").unwrap_or(false),
        goes_on: fields.flag("continue").unwrap_or(false),
        refute: fields.text("refute"),
        because: fields.text("because"),
        vary,
    })
}

/// `vary = { "step_size.tau" = [0.3, 0.8] }`: numbers of the learner's run, each between two.
fn ranges(fields: &Fields<'_>, method: Option<&Method>, desk: &mut Desk<'_>) -> Vec<Range> {
    let mut ranges = Vec::new();
    let Some(method) = method else { return ranges };
    let paths = method.paths();
    for named in fields.all() {
        let Some((path, parameter)) = paths.iter().find(|(path, _)| *path == named.name) else {
            let cure = spelling::cure(named.name, paths.iter().map(|(path, _)| path.as_str()));
            desk.fault(&named.key, format!("`{}` is no setting of the learner's run", named.name), cure);
            continue;
        };
        let Some(ends) = opened(named, &List(&Number, 2, 2), desk).numbers() else { continue };
        let [low, high] = ends[..] else {
            desk.fault(&named.span, format!("`{path}` varies between two numbers"), "write [0.3, 0.8]");
            continue;
        };
        let is_whole = matches!(parameter.domain, Domain::Whole(..));
        let set = |end: f64| if is_whole { toml::Value::from(end as i64) } else { toml::Value::from(end) };
        if low >= high {
            desk.fault(&named.span, format!("{low} is not below {high}"), "write the lower number first");
        } else if let Some(why) = [low, high].iter().find_map(|end| method.drafted(path, &set(*end)).err()) {
            desk.fault(&named.span, why, "choose other ends");
        } else {
            ranges.push(Range { path: path.clone(), low, high, is_whole });
        }
    }
    ranges
}
