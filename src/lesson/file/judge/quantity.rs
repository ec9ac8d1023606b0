//! A path into the trace, such as `value`, `abs(x2)` or `hessian.eigenvalues[1]`.

use crate::engine::record::quantity::Quantity;
use crate::engine::record::quantity::parse::Misread;
use crate::lesson::file::fields::Value;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::spelling;

/// The quantity that the text of a value names; `None` after a complaint.
pub fn quantity(text: &str, value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Quantity> {
    match Quantity::parse(text) {
        Ok(quantity) => Some(quantity),
        Err(misread) => {
            let (message, cure) = complaint(&misread, text.trim());
            desk.fault(&value.span, message, cure);
            None
        }
    }
}

/// What is wrong with a quantity that was written so, and the cure.
fn complaint(misread: &Misread, written: &str) -> (String, String) {
    match misread {
        Misread::NoPath => (
            format!("`{written}` is no quantity of a trace"),
            "write a path such as value, abs(x2) or hessian.eigenvalues[1]".to_owned(),
        ),
        Misread::NoKey { place, key, known } => {
            let place = if place.is_empty() { "the trace".into() } else { format!("`{place}`") };
            (format!("{place} has no `{key}`"), spelling::cure(key, known.iter().copied()))
        }
        Misread::NoIndex(place) => (format!("`{place}` is a list"), format!("add an index such as {place}[0]")),
        Misread::NothingInside(place) => {
            (format!("there is nothing inside `{place}` of `{written}`"), format!("end the path at `{place}`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_trace_has_is_refused() {
        for (text, told, cure) in [
            ("valeu", "the trace has no `valeu`", "did you mean `value`?"),
            ("evaluations.valeu", "`evaluations` has no `valeu`", "did you mean `value`?"),
            ("hessian.eigenvalue[1]", "`hessian` has no `eigenvalue`", "did you mean `eigenvalues`?"),
            ("value.x", "there is nothing inside `value` of `value.x`", "end the path at `value`"),
            ("x.first", "`x` is a list", "add an index such as x[0]"),
            ("abs(trials[0].armijo.side)", "`trials.0.armijo` has no `side`", "there are `holds`, `lhs`, `rhs`"),
            (
                "evaluations.of_everything",
                "`evaluations` has no `of_everything`",
                "there are `gradient`, `hessian`, `value`",
            ),
        ] {
            let misread = Quantity::parse(text).unwrap_err();
            assert_eq!(complaint(&misread, text), (told.to_owned(), cure.to_owned()), "{text}");
        }
        for text in ["", "x0", "abs(x1", "x[", "x[-1]", "a b", "x[1", "x]", "..", "value["] {
            assert!(Quantity::parse(text).is_err(), "{text}");
        }
    }
}
