//! How an answer is told beside the right one: the same, close, too low, too high, or so far away.

use crate::lesson::question::grade::Grade;
use crate::lesson::question::{Answer, Ask};

/// How an answer in words of `said` (“You said 57 (a guess)”) compares with the right one, as a sentence without the reason.
pub fn told(ask: &Ask, given: &Answer, grade: &Grade, said: &str) -> String {
    ask.kind.told(given, &grade.key, &grade.score, said)
}

/// An answer in words as a sentence takes it: a text in quotation marks, a number or a point as it is.
pub fn quoted(ask: &Ask, answer: &Answer) -> String {
    in_quotes(ask, ask.kind.words(answer))
}

/// The right answer, taken the same way, beside the given one.
pub fn quoted_key(ask: &Ask, given: &Answer, key: &Answer) -> String {
    in_quotes(ask, ask.kind.key_words(given, key))
}

fn in_quotes(ask: &Ask, words: String) -> String {
    if ask.kind.is_quoted() { format!("“{words}”") } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::claim::predicate::{At, Quantity};
    use crate::lesson::file::safe::Safe;
    use crate::lesson::question::Kind;
    use crate::lesson::question::grade;
    use crate::lesson::question::number::Measure;
    use crate::lesson::question::point::{Spot, Target};
    use crate::lesson::question::sought::Sought;

    fn ask(kind: Kind) -> Ask {
        let (refute, because) = (Some(Safe::line("Otherwise.")), None);
        Ask { question: Safe::line("?"), kind, confidence: false, goes_on: false, refute, because, vary: Vec::new() }
    }

    fn sought() -> Sought {
        let quantity = Quantity { text: "x".into(), path: vec!["x".into()], is_absolute: false };
        Sought::Row { run: None, at: At::Iteration(1), trial: None, quantity }
    }

    fn number(within: Option<f64>, unit: Option<&str>) -> Ask {
        let said = |text| Some(Safe::line(text));
        let (too_low, too_high) = (said("Go up."), said("Go down."));
        ask(Kind::Number(Measure { truth: sought(), within, unit: unit.map(Safe::line), too_low, too_high }))
    }

    /// The sentence and the comment for a number, graded as the lesson would grade it.
    fn of_number(ask: &Ask, given: f64, right: f64) -> String {
        let (given, key) = (Answer::Number(given), Answer::Number(right));
        let grade = grade::graded(ask, &given, key);
        let said = format!("You said {}", quoted(ask, &given));
        let comment = grade::refutation(ask, &given, &grade).filter(|_| !grade.is_right()).map_or("", Safe::as_str);
        format!("{} {comment}", told(ask, &given, &grade, &said)).trim_end().to_owned()
    }

    #[test]
    fn a_number_is_told_beside_the_right_one_as_near_as_it_is() {
        let table = [
            (59.0, 59.0, Some(2.0), "You said 59, and so it is."),
            (57.0, 59.0, Some(2.0), "Close: you said 57, it is 59. Up to 2 off counts as right."),
            (61.0, 59.0, Some(2.0), "Close: you said 61, it is 59. Up to 2 off counts as right."),
            (55.0, 59.0, Some(2.0), "You said 55: close, but too low. Go up."),
            (66.0, 59.0, Some(2.0), "You said 66: too high. Go down."),
            (25.0, 59.0, Some(2.0), "You said 25: too low. Go up."),
            (2.67, 2.674_84, None, "You said 2.67, and so it is: 2.67484."),
            (2.68, 2.674_84, None, "Close: you said 2.68, it is 2.67484. Up to 1 % off counts as right."),
            (2.6748, 2.674_84, None, "You said 2.6748, and so it is: 2.67484."),
            (2.674_840_000_4, 2.674_84, None, "You said 2.67484, and so it is."),
            (0.333_333, 1.0 / 3.0, Some(1e-9), "You said 0.333333: close, but too low. Go up."),
            (0.0, 0.004, Some(0.01), "Close: you said 0, it is 0.004. Up to 0.01 off counts as right."),
            (-4.0, 4.0, Some(0.1), "You said −4: too low. The size is right, the sign is not. Go up."),
            (400.0, 4.0, Some(0.1), "You said 400: too high. The digits are right, the power of ten is not. Go down."),
        ];
        for (given, right, within, wanted) in table {
            assert_eq!(of_number(&number(within, None), given, right), wanted, "{given} for {right}");
        }
        assert_eq!(of_number(&number(Some(1.0), Some("trials")), 1.0, 5.0), "You said 1 trial: too low. Go up.");
        let beside = |given: f64, right: f64| {
            quoted_key(&number(None, Some("steps")), &Answer::Number(given), &Answer::Number(right))
        };
        assert_eq!((beside(2.0, 1.0), beside(1.0, 1_234_567.0)), ("1 step".into(), "1.234567e6 steps".into()));
        assert_eq!(beside(0.333_333, 1.0 / 3.0), "0.333333333 steps", "as many digits as tell them apart");
    }

    #[test]
    fn a_point_is_told_with_its_distance() {
        let ask = ask(Kind::Point(Spot { truth: Target::Lands(sought()), within: 0.1 }));
        let told = |given: [f64; 2]| {
            let (given, key) = (Answer::Point(given.to_vec()), Answer::Point(vec![0.5, 1.0]));
            told(&ask, &given, &grade::graded(&ask, &given, key), &format!("You said {}", quoted(&ask, &given)))
        };
        assert_eq!(told([0.5, 1.0]), "You said (0.5, 1), and so it is.");
        let close = "Close: you said (0.53, 1.04), it is (0.5, 1), 0.05 away. Up to 0.1 off in each coordinate counts as right.";
        assert_eq!(told([0.53, 1.04]), close);
        assert_eq!(told([3.5, 5.0]), "You said (3.5, 5): 5 away.");
        assert_eq!(told([0.5, 3.0]), "You said (0.5, 3): 2 away. x₁ fits, x₂ does not.");
    }
}
