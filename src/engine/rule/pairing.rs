//! Which step sizes go with which direction, and why the others do not: each rule says its part.

/// Who sets the length of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// A step size of any kind.
    Any,
    /// A step size that does not search along d; why none can, as it follows `which`.
    NotSearched(&'static str),
    /// The direction itself, through a step size of its own; why.
    Own(Own, &'static str),
}

/// Why no step size searches along a direction whose coordinates have each a scale of their own.
pub const SCALED: &str = "scales each coordinate by its own past and may point uphill, so that no α need lower f";

/// The step sizes that belong to directions which set their own lengths; no lesson file names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// α = 1.
    Whole,
    /// α = 1 if f falls there, else 0.
    IfLower,
}

/// What a step size asks of its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    Nothing,
    /// That f falls along d: it tries, or computes, how f changes along the line x + αd.
    Descent,
    /// That d points along −∇f, for which its formula was derived.
    Steepest,
    /// That it sets its own length in this way.
    Own(Own),
}

/// Says why a step size cannot be paired with a direction, if it cannot; both with their names in a lesson file.
pub fn refusal(
    (direction, length, is_steepest): (&str, Length, bool),
    (step_size, wants): (&str, Wants),
) -> Option<String> {
    let why = match (length, wants) {
        (Length::Own(own, _), Wants::Own(wanted)) if own == wanted => return None,
        (Length::Own(_, why), _) => return Some(format!("`{direction}` takes no `step_size`: {why}")),
        (_, Wants::Own(_)) => "sets no length of its own, and needs a `step_size`",
        (_, Wants::Steepest) if !is_steepest => "is another direction than the −∇f that its formula was derived for",
        (Length::NotSearched(why), Wants::Descent) => why,
        _ => return None,
    };
    Some(format!("`{step_size}` does not go with `{direction}`, which {why}"))
}
