//! The numbers of a step that claims ask for most, read off it without writing its whole row.

use crate::engine::number::product::norm;
use crate::engine::record::Step;
use crate::lesson::claim::predicate::Quantity;

/// What the trace says of step `t` for this quantity; `None` where only the whole row can tell.
pub fn number(quantity: &Quantity, t: usize, step: &Step) -> Option<f64> {
    let path: Vec<&str> = quantity.path.iter().map(String::as_str).collect();
    let from = &step.from;
    let number = match path[..] {
        ["iteration"] => t as f64,
        ["value"] => from.value,
        ["gradient_norm"] => norm(&from.gradient),
        ["gradient_norm_inf"] => from.gradient.amax(),
        ["alpha"] => step.alpha,
        ["trials"] => step.trials.len() as f64,
        ["evaluations", "value"] => step.calls.value as f64,
        ["evaluations", "gradient"] => step.calls.gradient as f64,
        ["x", index] => *from.point.get(index.parse::<usize>().ok()?)?,
        _ => return None,
    };
    Some(if quantity.is_absolute { number.abs() } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::record::row;
    use crate::lesson::course::library;
    use crate::lesson::scenario::cast;

    #[test]
    fn it_says_what_the_row_says() {
        for (id, _) in library::SHIPPED {
            for scenario in &library::open(id).unwrap().scenarios {
                let mut cast = cast(scenario, &[]).unwrap();
                cast.runs[0].go_to(9);
                let run = &cast.runs[0];
                for (t, step) in run.past().iter().enumerate() {
                    let line = serde_json::to_value(row::row(run, t, &cast.known[0]).unwrap()).unwrap();
                    let mut asked = 0;
                    for path in ["iteration", "value", "gradient_norm", "gradient_norm_inf", "alpha", "x.0", "x.1"]
                        .iter()
                        .chain(&["evaluations.value", "evaluations.gradient", "slope"])
                    {
                        let keys: Vec<String> = path.split('.').map(String::from).collect();
                        let told = keys
                            .iter()
                            .fold(&line, |at, key| at.get(key).unwrap_or_else(|| &at[key.parse().unwrap_or(0)]));
                        let quantity = Quantity { text: String::new(), path: keys, is_absolute: false };
                        if let Some(found) = number(&quantity, t, step) {
                            assert_eq!(told.as_f64(), Some(found), "{id} {path} at {t}");
                            asked += 1;
                        }
                    }
                    assert_eq!(asked, 7 + step.from.point.len().min(2), "slope needs the row");
                }
            }
        }
    }
}
