//! What a scenario descends, as everything above the engine knows it: an objective with its title.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

use crate::objective::formula::Formula;
use crate::objective::function::Objective;

/// An objective with its title; a clone shares both. Two are equal where they are known to be the same function.
#[derive(Clone)]
pub struct Subject {
    objective: Arc<dyn Objective>,
    about: Arc<About>,
}

/// What is known of an objective beside its numbers.
struct About {
    title: String,
    identity: String,
    formula: Option<String>,
}

impl Subject {
    /// An objective that is not written as a formula. `title` stands after `f =` on a screen; `identity` is the same text
    /// for two objectives only if they are the same function.
    pub fn new(objective: Arc<dyn Objective>, title: String, identity: String) -> Self {
        Self { objective, about: Arc::new(About { title, identity, formula: None }) }
    }

    /// The function itself.
    pub fn objective(&self) -> &Arc<dyn Objective> {
        &self.objective
    }

    /// What stands after `f =`: of a formula its text as its author wrote it.
    pub fn title(&self) -> &str {
        &self.about.title
    }

    /// The text of the formula in `x1 … xn`; `None` for an objective that is not written as one.
    pub fn formula(&self) -> Option<&str> {
        self.about.formula.as_deref()
    }
}

impl From<Formula> for Subject {
    fn from(formula: Formula) -> Self {
        let text = formula.text().to_owned();
        // The same text with other constants is another function.
        let identity = format!("{text} {:?} in {} dimensions", formula.constants(), formula.dimension());
        let about = About { title: text.clone(), identity, formula: Some(text) };
        Self { objective: Arc::new(formula), about: Arc::new(about) }
    }
}

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        self.about.identity == other.about.identity
    }
}

impl Debug for Subject {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Subject").field(&self.about.identity).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn subjects_are_the_same_where_text_constants_and_dimension_are() {
        let subject = |text: &str, dimension: usize, k: f64| {
            Subject::from(Formula::parse(text, dimension, &BTreeMap::from([("k".to_owned(), k)])).unwrap())
        };
        let first = subject("k*x1^2", 1, 3.0);
        assert_eq!(first, subject("k*x1^2", 1, 3.0));
        assert_ne!(first, subject("k*x1^2", 1, 4.0));
        assert_ne!(first, subject("k*x1^2", 2, 3.0));
        assert_eq!((first.title(), first.formula()), ("k*x1^2", Some("k*x1^2")));
    }
}
