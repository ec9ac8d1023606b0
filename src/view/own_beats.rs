//! Two methods have sub-steps of their own: one fits a model to residuals, the other tries a move and compares signs.

use crate::app::glimpse::Glimpse;
use crate::engine::direction::curved::levenberg_marquardt::next_damping;
use crate::engine::direction::scaled::rprop::Attempt;
use crate::engine::number::{short, tuple};
use crate::engine::record::{Beat, Proposal, Step};
use crate::engine::run::Run;
use crate::engine::theory::linearised::Linearised;
use crate::view::formula::{MOST_SHOWN, equation, factor, index, vector};
use crate::view::lines::Line;
use crate::view::theme::Ink;
use crate::view::told::Told;

/// Tells such a beat.
pub fn tell(run: &Run, glimpse: &Glimpse<'_>, beat: Beat) -> Told {
    let told = match beat {
        Beat::Residuals => residuals(run, glimpse),
        Beat::Model => model(run, glimpse),
        Beat::Verdict => verdict(run, glimpse),
        Beat::Try => tried(run),
        Beat::Signs => signs(run),
        _ => None,
    };
    told.unwrap_or_default()
}

/// The title and the lines of such a beat on the numbers panel.
pub fn numbers(run: &Run, glimpse: &Glimpse<'_>, beat: Beat) -> (String, Vec<Line>) {
    let (name, lines) = match beat {
        Beat::Residuals => ("residuals", residual_lines(run, glimpse)),
        Beat::Model => ("model", model_lines(run, glimpse)),
        Beat::Verdict => ("verdict", verdict_lines(run, glimpse)),
        Beat::Try => ("try", try_lines(run, glimpse)),
        _ => ("signs", sign_lines(run)),
    };
    (name.to_owned(), lines.unwrap_or_default())
}

/// The step that is told, or the proposal of the one that failed.
fn proposal(run: &Run) -> Option<&Proposal> {
    match run.peek() {
        Ok(step) => Some(&step.proposal),
        Err(ending) => ending.attempt.as_ref().map(|(proposal, _)| proposal),
    }
}

fn linearised(run: &Run, glimpse: &Glimpse<'_>) -> Option<Linearised> {
    Linearised::at(run.objective(), &glimpse.here.point)
}

fn residuals(run: &Run, glimpse: &Glimpse<'_>) -> Option<Told> {
    let Linearised { residuals, .. } = linearised(run, glimpse)?;
    let sum = short(residuals.norm_squared());
    Some(Told {
        now: format!("Residuals: r = {}; their squares add up to ‖r‖² = {sum}, which is f.", tuple(&residuals)),
        next: "Next: a linear model of the residuals.".into(),
        code: "r ← r(x); J ← J(x)".into(),
    })
}

fn model(run: &Run, glimpse: &Glimpse<'_>) -> Option<Told> {
    let Linearised { residuals, jacobian } = linearised(run, glimpse)?;
    let (slopes, damping) = (jacobian.tr_mul(&residuals), glimpse.memory?.number("damping")?);
    Some(Told {
        now: format!(
            "Model: r + Jd for the residuals, with Jᵀr = {}; steps are damped by λ = {}.",
            tuple(&slopes),
            short(damping)
        ),
        next: "Next: solve it for d.".into(),
        code: "make ‖r + Jd‖² + λdᵀDd least".into(),
    })
}

/// What became of the whole step.
struct Judged {
    foretold: f64,
    fall: f64,
    is_taken: bool,
    damping: f64,
    next: f64,
}

impl Judged {
    fn of(run: &Run, glimpse: &Glimpse<'_>) -> Option<Self> {
        let step: &Step = run.peek().ok()?;
        let foretold = linearised(run, glimpse)?.foretold_fall(&step.proposal.direction);
        let fall = glimpse.here.value - step.trials.last()?.value;
        let damping = step.proposal.memory.number("damping")?;
        Some(Self { foretold, fall, is_taken: step.alpha != 0.0, damping, next: next_damping(step)? })
    }

    /// How λ changes: `λ ÷ 10 = 0.0001`.
    fn change(&self) -> String {
        let (sign, by) =
            if self.is_taken { ("÷", self.damping / self.next) } else { ("×", self.next / self.damping) };
        format!("λ {sign} {} = {}", short(by), short(self.next))
    }
}

fn verdict(run: &Run, glimpse: &Glimpse<'_>) -> Option<Told> {
    let judged = Judged::of(run, glimpse)?;
    let (foretold, fall, change) = (short(judged.foretold), short(judged.fall.abs()), judged.change());
    let (now, next) = if judged.is_taken {
        let share = short(judged.fall / judged.foretold);
        let now = format!("f falls by {fall}; the model foretold {foretold}, so {share} of it. Accepted: {change}.");
        (now, "Next: move to x + d.")
    } else {
        let does = if judged.fall.is_finite() {
            format!("f would rise by {fall}")
        } else {
            "f is no finite number there".into()
        };
        let now = format!("{does}; the model foretold a fall of {foretold}. Refused: {change}.");
        (now, "Next: stay, and solve again with more damping.")
    };
    let code = if judged.is_taken { "taken: λ ← λ/down" } else { "refused: λ ← λ·up" };
    Some(Told { now: format!("Verdict: {now}"), next: next.into(), code: code.into() })
}

fn tried(run: &Run) -> Option<Told> {
    let attempt = Attempt::of(proposal(run)?)?;
    let (sizes, before, tried) = (tuple(attempt.sizes), tuple(attempt.before), tuple(&attempt.tried));
    Some(Told {
        now: format!("Try: go by Δ = {sizes} against the signs of the slopes {before}: {tried}."),
        next: "Next: compare the signs of the slopes there.".into(),
        code: "try dᵢ ← −sign(gᵢ)Δᵢ".into(),
    })
}

fn signs(run: &Run) -> Option<Told> {
    let attempt = Attempt::of(proposal(run)?)?;
    let n = attempt.sizes.len();
    let one = |i: usize| {
        let (does, next) = (does(&attempt, i), short(attempt.next[i]));
        format!("x{} {does}: Δ × {} = {next}", index(i + 1), short(attempt.next[i] / attempt.sizes[i]))
    };
    let each = if n <= MOST_SHOWN {
        (0..n).map(one).collect::<Vec<_>>().join("; ")
    } else {
        let kept = (0..n).filter(|i| attempt.keeps(*i)).count();
        format!("{kept} keep their sign and go, {} turn and return", n - kept)
    };
    Some(Told {
        now: format!("Signs: the slopes there are {}. {each}.", tuple(attempt.there)),
        next: "Next: move to x + d.".into(),
        code: "sign kept: Δᵢ ← η⁺Δᵢ; changed: dᵢ ← 0, Δᵢ ← η⁻Δᵢ".into(),
    })
}

fn does(attempt: &Attempt<'_>, i: usize) -> &'static str {
    match attempt.keeps(i) {
        true if attempt.before[i] == 0.0 => "is flat and stays",
        true => "keeps its sign and goes",
        false => "turns and returns",
    }
}

fn residual_lines(run: &Run, glimpse: &Glimpse<'_>) -> Option<Vec<Line>> {
    let Linearised { residuals, .. } = linearised(run, glimpse)?;
    let shown = residuals.iter().take(MOST_SHOWN).map(|r| format!("{}²", factor(*r)));
    let more = (residuals.len() > MOST_SHOWN).then(|| "…".to_owned());
    let squares = shown.chain(more).collect::<Vec<_>>().join(" + ");
    let sum = short(residuals.norm_squared());
    Some(vec![equation("r", &[vector(residuals.as_slice())]), equation("‖r‖²", &[squares, sum]).then(Ink::Dim, "is f")])
}

fn model_lines(run: &Run, glimpse: &Glimpse<'_>) -> Option<Vec<Line>> {
    let Linearised { residuals, jacobian } = linearised(run, glimpse)?;
    let (square, slopes) = (jacobian.tr_mul(&jacobian), jacobian.tr_mul(&residuals));
    let mut lines = vec![equation("Jᵀr", &["∇f/2".into(), vector(slopes.as_slice())])];
    let rows = square.nrows().min(MOST_SHOWN);
    let row = |i: usize| vector(&square.row(i).iter().copied().collect::<Vec<f64>>());
    lines.push(Line::new(Ink::Text, "JᵀJ, row by row:"));
    lines.extend((0..rows).map(|i| Line::new(Ink::Text, row(i)).indented(2)));
    lines.push(equation("λ", &[short(glimpse.memory?.number("damping")?)]));
    Some(lines)
}

fn verdict_lines(run: &Run, glimpse: &Glimpse<'_>) -> Option<Vec<Line>> {
    let judged = Judged::of(run, glimpse)?;
    let trial = glimpse.trials.last()?;
    let fall = format!("{} − {}", short(glimpse.here.value), factor(trial.value));
    let ink = if judged.is_taken { Ink::Good } else { Ink::Bad };
    Some(vec![
        equation("foretold", &["‖r‖² − ‖r + Jd‖²".into(), short(judged.foretold)]),
        equation("fall", &["f(x) − f(x + d)".into(), fall, short(judged.fall)]),
        equation("share", &["fall/foretold".into(), short(judged.fall / judged.foretold)]),
        Line::new(ink, if judged.is_taken { "f is lower: accepted" } else { "f is not lower: refused" }),
        Line::new(Ink::Text, judged.change()),
    ])
}

fn try_lines(run: &Run, glimpse: &Glimpse<'_>) -> Option<Vec<Line>> {
    let attempt = Attempt::of(proposal(run)?)?;
    let there = &glimpse.here.point + &attempt.tried;
    Some(vec![
        equation("Δ", &[vector(attempt.sizes.as_slice())]),
        equation("slopes", &[vector(attempt.before.as_slice())]),
        equation("−sign(g)Δ", &[vector(attempt.tried.as_slice())]),
        equation("tried", &[vector(there.as_slice())]),
    ])
}

fn sign_lines(run: &Run) -> Option<Vec<Line>> {
    let attempt = Attempt::of(proposal(run)?)?;
    let one = |i: usize| {
        let (before, there) = (short(attempt.before[i]), short(attempt.there[i]));
        let ink = if attempt.keeps(i) { Ink::Good } else { Ink::Bad };
        let size = format!("Δ: {} → {}", short(attempt.sizes[i]), short(attempt.next[i]));
        Line::new(Ink::Text, format!("x{}: slope {before} → {there}", index(i + 1)))
            .then(ink, does(&attempt, i))
            .then(Ink::Text, size)
    };
    Some((0..attempt.sizes.len().min(MOST_SHOWN)).map(one).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::app::sitting::Sitting;
    use crate::engine::direction::curved::levenberg_marquardt::LevenbergMarquardt;
    use crate::engine::direction::scaled::rprop::Rprop;
    use crate::engine::rule::list::DirectionRule;
    use crate::engine::rule::method::Method;
    use crate::view::specimen::{drawn, lesson, walk_to};
    use crate::view::{numbers, story};

    /// A run that was computed elsewhere, in 50 digits, and a sitting on the same one.
    fn case(text: &str, direction: DirectionRule) -> (Value, Sitting) {
        let case: Value = serde_json::from_str(text).unwrap();
        let start: Vec<f64> = case["x0"].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect();
        let step_size = direction.own_step().unwrap();
        let sitting = on(case["objective"]["expr"].as_str().unwrap(), &start, Method { direction, step_size });
        (case, sitting)
    }

    fn on(formula: &str, start: &[f64], method: Method) -> Sitting {
        Sitting::open(lesson(formula, start, &[method])).unwrap()
    }

    fn least_squares() -> DirectionRule {
        DirectionRule::LevenbergMarquardt(LevenbergMarquardt::default())
    }

    fn number(value: &Value) -> f64 {
        value.as_f64().unwrap()
    }

    fn pair(value: &Value) -> String {
        format!("({}, {})", short(number(&value[0])), short(number(&value[1])))
    }

    #[track_caller]
    fn tells(sitting: &Sitting, words: &[String]) {
        let told = story::tell(sitting).now;
        for word in words {
            assert!(told.contains(word.as_str()), "{word} is not in: {told}");
        }
    }

    /// All that is told and drawn of a beat.
    fn seen(sitting: &Sitting) -> String {
        let told = story::tell(sitting);
        let theme = crate::view::specimen::THEMES[0];
        let panel = drawn(100, 30, |area, cells| numbers::draw(sitting, theme, false, area, cells));
        format!("{}\n{}\n{}\n{panel}", told.now, told.next, told.code)
    }

    #[test]
    fn least_squares_tell_residuals_model_solution_trial_and_verdict() {
        let text = include_str!("../../tests/reference/lm_expfit.json");
        let (case, mut sitting) = case(text, least_squares());
        let rows = case["iterates"].as_array().unwrap();
        // Computed by hand from r, J and the step: ‖r‖² − ‖r + Jd‖².
        for (t, foretold) in [(0, 2.232_951_691), (1, 0.102_851_830), (2, 4.352_112_1e-5)] {
            let row = &rows[t];
            let [f, there, damping] = ["f", "F_trial", "lambda"].map(|key| number(&row[key]));
            let after = short(number(&rows[t + 1]["lambda"]));
            walk_to(&mut sitting, Beat::Residuals);
            tells(&sitting, &[format!("‖r‖² = {}, which is f", short(f))]);
            let early = seen(&sitting);
            walk_to(&mut sitting, Beat::Model);
            let half = [number(&row["g"][0]) / 2.0, number(&row["g"][1]) / 2.0];
            tells(&sitting, &[format!("λ = {}", short(damping)), format!("({}, {})", short(half[0]), short(half[1]))]);
            let model = seen(&sitting);
            walk_to(&mut sitting, Beat::Direction);
            tells(&sitting, &[pair(&row["step"])]);
            for beat in [&early, &model] {
                assert!(!beat.contains(&short(number(&row["step"][0]))), "{beat}");
                assert!(!beat.contains(&short(there)), "{beat}");
            }
            walk_to(&mut sitting, Beat::Trial(0));
            tells(&sitting, &[format!("f = {}", short(there))]);
            assert!(!seen(&sitting).contains(&format!("= {after}")) && !seen(&sitting).contains(&short(foretold)));
            walk_to(&mut sitting, Beat::Verdict);
            let share = short((f - there) / foretold);
            let fall = short(f - there);
            let words = [format!("falls by {fall}"), format!("foretold {}", short(foretold)), format!("so {share}")];
            tells(&sitting, &words);
            tells(&sitting, &[format!("Accepted: λ ÷ 10 = {after}")]);
            assert!(seen(&sitting).contains("f is lower: accepted"));
            walk_to(&mut sitting, Beat::Move);
        }
    }

    /// From (0, 1) the linear model of the valley leads far up its wall.
    #[test]
    fn a_step_that_does_not_pay_is_refused_and_damped_more() {
        let method = Method { direction: least_squares(), step_size: least_squares().own_step().unwrap() };
        let mut sitting = on("(1-x1)^2 + 100*(x2-x1^2)^2", &[-1.2, 1.0], method);
        while sitting.beat() != Beat::Verdict || !story::tell(&sitting).now.contains("Refused") {
            assert!(sitting.step(), "no step is refused");
        }
        let damping = sitting.cast.runs[0].peek().unwrap().proposal.memory.number("damping").unwrap();
        tells(&sitting, &["f would rise by".into(), format!("Refused: λ × 10 = {}", short(damping * 10.0))]);
        assert!(story::tell(&sitting).next.contains("stay"));
        let t = sitting.cursor.t;
        sitting.step();
        assert!(story::tell(&sitting).now.starts_with("Stay"));
        walk_to(&mut sitting, Beat::Model);
        assert_eq!(sitting.cursor.t, t + 1);
        tells(&sitting, &[format!("λ = {}", short(damping * 10.0))]);
    }

    #[test]
    fn the_lectures_rprop_tries_and_then_compares_signs() {
        let text = include_str!("../../tests/reference/rprop_ravine_lecture.json");
        let (case, mut sitting) = case(text, DirectionRule::Rprop(Rprop::default()));
        let rows = case["iterates"].as_array().unwrap();
        let (mut kept, mut turned) = (0, 0);
        for t in 0..25 {
            walk_to(&mut sitting, Beat::Try);
            let (sizes, next) = (&rows[t]["delta"], &rows[t + 1]["delta"]);
            tells(&sitting, &[format!("go by Δ = {}", pair(sizes))]);
            let try_only = seen(&sitting);
            assert!(!try_only.contains("turns") && !try_only.contains("keeps") && !try_only.contains(&pair(next)));
            assert_eq!(Glimpse::of(&sitting).proposal, None);
            walk_to(&mut sitting, Beat::Signs);
            for i in 0..2 {
                let (size, after) = (number(&sizes[i]), number(&next[i]));
                let grows = after > size;
                *(if grows { &mut kept } else { &mut turned }) += 1;
                let word = if grows { "keeps its sign and goes: Δ × 1.2" } else { "turns and returns: Δ × 0.5" };
                tells(&sitting, &[format!("x{} {word} = {}", index(i + 1), short(after))]);
                // The coordinate of the reference moves by Δ, or stays.
                let moved = number(&rows[t + 1]["x"][i]) - number(&rows[t]["x"][i]);
                assert!((moved.abs() - if grows { size } else { 0.0 }).abs() < 1e-9, "t = {t}, x{}", i + 1);
            }
            walk_to(&mut sitting, Beat::Move);
            assert_eq!(sitting.cursor.beat, 3, "here, try, signs, move");
        }
        assert!(kept > 10 && turned > 3, "{kept} and {turned}");
    }
}
