//! Which step sizes go with which direction, and why the others do not.

/// Steps that belong to one direction each; no lesson file names them.
const OWN: [&str; 2] = ["whole", "if-lower"];
/// Step sizes that try, or compute, how f changes along the line x + αd.
const SEARCHES: [&str; 8] = [
    "exact",
    "backtracking",
    "strong-wolfe",
    "weak-wolfe",
    "goldstein",
    "more-thuente",
    "hager-zhang",
    "optimal-quadratic",
];
/// Step sizes whose formula was derived for d = −∇f.
const STEEPEST_ONLY: [&str; 2] = ["barzilai-borwein", "polyak"];

/// Whether a step size belongs to a direction that takes its own steps.
pub fn is_own_step(step_size: &str) -> bool {
    OWN.contains(&step_size)
}

/// Says why a step size cannot be paired with a direction, if it cannot; both by their names in a lesson file.
pub fn refusal(direction: &str, step_size: &str) -> Option<String> {
    let own = match direction {
        "rprop" => Some("whole"),
        "levenberg-marquardt" => Some("if-lower"),
        _ => None,
    };
    match own {
        Some(own) if own == step_size => return None,
        Some(_) => return Some(format!("`{direction}` takes no `step_size`: {}", why_own(direction))),
        None => {}
    }
    let why = if is_own_step(step_size) {
        "sets no length of its own, and needs a `step_size`"
    } else if STEEPEST_ONLY.contains(&step_size) && direction != "steepest-descent" {
        "is another direction than the −∇f that its formula was derived for"
    } else if SEARCHES.contains(&step_size) {
        why_no_search(direction)?
    } else {
        return None;
    };
    Some(format!("`{step_size}` does not go with `{direction}`, which {why}"))
}

/// Why a direction takes its own steps.
pub fn why_own(direction: &str) -> &'static str {
    if direction == "rprop" {
        "each coordinate has a step length of its own, learned from the signs of the slopes"
    } else {
        "it takes its whole step if f falls there and stays if not; the damping sets the length"
    }
}

/// Why a direction cannot be searched along, if it cannot.
fn why_no_search(direction: &str) -> Option<&'static str> {
    match direction {
        "momentum" | "nesterov" => Some("moves by its velocity whatever α is, so that no α need lower f"),
        "adagrad" | "rmsprop" | "adam" => {
            Some("scales each coordinate by its own past and may point uphill, so that no α need lower f")
        }
        "perturbed" => Some("is kicked at random now and then, so that no α need lower f"),
        _ => None,
    }
}
