//! The keys of a trace: which stand in its rows, and which in these.

use std::sync::LazyLock;

use crate::engine::theory::promise::Promise;

/// What stands under a key of a trace.
#[derive(Debug)]
pub enum Keys {
    /// A number, a word or a flag.
    One,
    /// Several of a kind, by their index.
    List(Box<Self>),
    /// Further keys, in the order of the alphabet.
    Table(Vec<(&'static str, Self)>),
    /// This or nothing, depending on the row, so that a path may go on as it likes.
    Perhaps(Box<Self>),
}

/// The keys of a first or last row, with `trial` for one of its trials.
pub static TRACE: LazyLock<Keys> = LazyLock::new(trace);

fn trace() -> Keys {
    let names = |names: &[&'static str]| names.iter().map(|name| (*name, Keys::One)).collect::<Vec<_>>();
    let numbers = || list(Keys::One);
    let hessian =
        [("condition", Keys::One), ("eigenvalues", numbers()), ("eigenvectors", list(numbers())), ("kind", Keys::One)];
    let attempt = [("direction", numbers()), ("slope", Keys::One), ("trials", list(trial()))];
    let mut keys = names(&[
        "iteration",
        "value",
        "gradient_norm",
        "gradient_norm_inf",
        "slope",
        "angle_degrees",
        "alpha",
        "alpha_star",
        "alpha_max",
        "predicted_change",
        "change",
        "reason",
        "sentence",
        "point",
    ]);
    keys.extend(["x", "gradient", "noise", "base", "direction", "step"].map(|name| (name, numbers())));
    keys.extend([
        ("hessian", table(hessian.into())),
        ("trials", list(trial())),
        ("trial", trial()),
        ("state", perhaps(Keys::One)),
        ("theory", table(Promise::ALL.map(|promise| (promise.word(), check())).into())),
        ("evaluations", table(names(&["value", "gradient", "hessian"]))),
        ("note", perhaps(Keys::One)),
        ("attempt", perhaps(table(attempt.into()))),
    ]);
    table(keys)
}

fn trial() -> Keys {
    let margin = || table(["lhs", "rhs", "holds"].map(|name| (name, Keys::One)).into());
    table(vec![
        ("alpha", Keys::One),
        ("value", Keys::One),
        ("slope", perhaps(Keys::One)),
        ("armijo", margin()),
        ("by_slope", perhaps(margin())),
        ("curvature", perhaps(margin())),
        ("phase", Keys::One),
        ("bracket", perhaps(list(Keys::One))),
        ("verdict", Keys::One),
    ])
}

fn check() -> Keys {
    table(vec![("lhs", Keys::One), ("rhs", Keys::One), ("verdict", Keys::One), ("because", perhaps(Keys::One))])
}

fn table(mut keys: Vec<(&'static str, Keys)>) -> Keys {
    keys.sort_unstable_by_key(|(name, _)| *name);
    Keys::Table(keys)
}

fn list(of: Keys) -> Keys {
    Keys::List(Box::new(of))
}

fn perhaps(keys: Keys) -> Keys {
    Keys::Perhaps(Box::new(keys))
}

/// Every path into a row, with index 0 for all indices.
pub fn paths() -> Vec<String> {
    let mut paths = Vec::new();
    collect(&TRACE, "", &mut paths);
    paths
}

fn collect(keys: &Keys, path: &str, paths: &mut Vec<String>) {
    match keys {
        Keys::One => {}
        Keys::Perhaps(keys) => collect(keys, path, paths),
        Keys::List(of) => add(format!("{path}[0]"), of, paths),
        Keys::Table(keys) => {
            let dot = if path.is_empty() { "" } else { "." };
            for (name, keys) in keys {
                add(format!("{path}{dot}{name}"), keys, paths);
            }
        }
    }
}

fn add(path: String, keys: &Keys, paths: &mut Vec<String>) {
    collect(keys, &path, paths);
    paths.push(path);
}
