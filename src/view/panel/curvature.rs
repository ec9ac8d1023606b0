//! The curvature panel: how the ground bends at xₜ, and what that does to a step of length α.

use crate::app::run::scene::Scene;
use crate::engine::number::{right, short, trimmed};
use crate::engine::rule::way::Way;
use crate::engine::rule::working::index;
use crate::engine::theory::critical::{self, CriticalPoint};
use crate::engine::theory::curvature::{Kind, MOST_COORDINATES, Model, Regime, Spectrum};
use crate::objective::point::{Matrix, Vector};
use crate::view::panel::momentum;
use crate::view::paper::lines::Line;
use crate::view::paper::theme::Ink;
use crate::view::paper::words::PanelWords;
use unicode_width::UnicodeWidthStr;

/// From so many columns on there is room to say what each number is.
const WIDE: u16 = 58;

/// What a line of this panel may speak of.
struct EigenSight<'a> {
    scene: &'a Scene<'a>,
    /// The α that is known; `None` before, and where nobody may tell what it will do.
    alpha: Option<f64>,
    is_wide: bool,
}

/// H at xₜ, its eigenpairs with their share of ‖∇f‖², the class of the point, and what α does along each v, for a panel
/// of so many columns.
pub fn content(scene: &Scene<'_>, width: u16) -> PanelWords {
    let known = known_alpha(scene);
    let alpha = known.filter(|_| scene.foretold().is_ok());
    let sight = EigenSight { scene, alpha, is_wide: width >= WIDE };
    PanelWords {
        title: format!("Curvature at t = {}", scene.glimpse().t),
        note: known.map_or_else(String::new, |alpha| format!("α = {}", short(alpha))),
        lines: lines(&sight),
        ..PanelWords::default()
    }
}

/// The α of this step once it is seen; a fixed one is known since the last step.
fn known_alpha(scene: &Scene<'_>) -> Option<f64> {
    let glimpse = scene.glimpse();
    let last = glimpse.past.last().map(|step| step.alpha);
    let constant = scene.run().method().step_size.rule().constant();
    glimpse.alpha.or(constant.filter(|constant| last == Some(*constant)))
}

fn lines(sight: &EigenSight<'_>) -> Vec<Line> {
    let (run, scene) = (sight.scene.run(), sight.scene);
    let (objective, here) = (run.objective(), scene.glimpse().here);
    let n = objective.dimension();
    if n > MOST_COORDINATES {
        let numbers = n as u128 * n as u128;
        let why = format!("H has {numbers} numbers at n = {n}: shown up to n = {MOST_COORDINATES} only");
        return vec![Line::new(Ink::Dim, why)];
    }
    let Some(looked @ (hessian, spectrum)) = scene.looked() else {
        return vec![Line::new(Ink::Warning, "∇²f(x) is not finite here: there is no curvature to show.")];
    };
    let mut lines = head(hessian, spectrum, &here.gradient);
    let critical = critical::classify(objective, looked, here, run.start());
    lines.push(Line::new(Ink::Emphasis, class(spectrum, critical)));
    lines.extend(match (way(scene), scene.foretold()) {
        (Way::Ball(form, beta), Ok(_)) if sight.is_wide => momentum::limit_and_best(spectrum, (form, beta)),
        (Way::Ball(form, beta), Ok(_)) => momentum::limit(spectrum, (form, beta)),
        _ => best_step(hessian, sight),
    });
    let shares = (here.gradient.amax() > 0.0).then(|| spectrum.shares(&here.gradient));
    if n == 1 {
        lines.extend(fate(0, spectrum.values[0], sight));
    } else {
        lines.extend(pair(0, spectrum, shares.as_deref(), sight));
        lines.extend(between(&spectrum.values[1..n - 1]));
        lines.extend(pair(n - 1, spectrum, shares.as_deref(), sight));
    }
    if objective.has_kink_at(&here.point) {
        lines.push(Line::new(Ink::Warning, "kink: f changes its branch here, so H is one of several"));
    }
    let has_fates = matches!(way(scene), Way::Steepest | Way::Ball(..));
    if sight.alpha.is_some() && has_fates && !objective.is_quadratic() {
        lines.push(Line::new(Ink::Dim, "f is not quadratic: factors hold near xₜ only"));
    }
    lines
}

/// H as far as it is small, κ and gᵀHg.
fn head(hessian: &Matrix, spectrum: &Spectrum, gradient: &Vector) -> Vec<Line> {
    let bend = format!("gᵀHg = {}", short(Model::along(gradient, hessian, gradient).bend));
    let kappa = match spectrum.condition() {
        Some(kappa) if kappa.is_finite() => format!("κ = {}", short(kappa)),
        Some(_) => "κ = ∞: some λ is 0".to_owned(),
        None => "H is indefinite".to_owned(),
    };
    match hessian.nrows() {
        1 => vec![Line::new(Ink::Text, format!("f''(x) = {}", short(hessian[(0, 0)])))],
        2 => {
            let column = |j: usize| {
                let entries = [0, 1].map(|i| short(hessian[(i, j)]));
                let wide = entries.iter().map(|entry| entry.width()).max().unwrap_or(0);
                entries.map(|entry| right(&entry, wide))
            };
            let (first, second) = (column(0), column(1));
            let row = |i: usize| format!("[ {}  {} ]", first[i], second[i]);
            vec![
                Line::new(Ink::Text, format!("H = {}", row(0))).then(Ink::Text, format!(" {kappa}")),
                Line::new(Ink::Text, format!("    {}", row(1))).then(Ink::Text, format!(" {bend}")),
            ]
        }
        n => vec![Line::new(Ink::Text, format!("H is {n} × {n}")).then(Ink::Text, kappa).then(Ink::Text, bend)],
    }
}

/// The class of the point in words.
fn class(spectrum: &Spectrum, critical: Option<CriticalPoint>) -> String {
    let count = spectrum.values.len();
    let flat = spectrum.values.iter().position(|value| spectrum.is_flat(*value));
    let place = flat.map(|at| if count == 1 { "f'' = 0".to_owned() } else { format!("flat along v{}", index(at + 1)) });
    let (down, flat) = (format!("along v{}", index(count)), place.clone().unwrap_or_default());
    match (critical, spectrum.kind()) {
        (Some(CriticalPoint::Saddle), _) => format!("critical point: saddle, {down} f falls"),
        (Some(CriticalPoint::Degenerate), _) => {
            // Without a flat direction it is the kink that makes H one of several.
            format!("critical point, {}: second order does not decide", place.as_deref().unwrap_or("kink"))
        }
        (Some(point), _) => format!("critical point: {}, {}", point.word(), point.because(count)),
        (None, Kind::MinimumLike) if count == 1 => "f bends up".to_owned(),
        (None, Kind::MaximumLike) if count == 1 => "f bends down".to_owned(),
        (None, Kind::FlatLike) if count == 1 => "f does not bend: a straight line to second order".to_owned(),
        (None, Kind::MinimumLike) => "bowl: f bends up in every direction".to_owned(),
        (None, Kind::MaximumLike) => "dome: f bends down in every direction".to_owned(),
        (None, Kind::SaddleLike) => format!("saddle: {down} f bends down"),
        (None, Kind::FlatLike) => format!("{flat}: f does not bend there"),
    }
}

/// One eigenpair with its share of ‖∇f‖², and what α does along it.
fn pair(at: usize, spectrum: &Spectrum, shares: Option<&[f64]>, sight: &EigenSight<'_>) -> Vec<Line> {
    let number = index(at + 1);
    let ends = [spectrum.values[0], spectrum.values[spectrum.values.len() - 1]];
    let wide = ends.map(|value| short(value).width()).into_iter().max().unwrap_or(0);
    let value = short(spectrum.values[at]);
    let aligned = value.clone() + &" ".repeat(wide - value.width());
    let mut line = Line::new(Ink::Emphasis, format!("λ{number} = {aligned}"))
        .then(Ink::Text, format!("v{number} {}", direction(&spectrum.vectors[at])));
    if let Some(shares) = shares {
        // Beside the map there is no room for ‖∇f‖² on the same row.
        let whole = if sight.is_wide { "‖∇f‖²" } else { "gᵀg" };
        line = line.then(Ink::Text, format!("{} of {whole}", percent(shares[at])));
    }
    if sight.is_wide {
        line = line.then(Ink::Dim, if at == 0 { "largest curvature" } else { "smallest" });
    }
    match fate(at, spectrum.values[at], sight) {
        None => vec![line],
        Some(fate) if sight.is_wide => vec![line, fate.indented(2)],
        Some(fate) => vec![line.with(fate)],
    }
}

/// An eigenvector in numbers, or by its main coordinate where there are many.
fn direction(unit: &Vector) -> String {
    let rounded = |entry: f64| if entry.abs() < 1e-12 { "0".to_owned() } else { trimmed(entry, 2) };
    if unit.len() <= 4 {
        let entries: Vec<String> = unit.iter().map(|entry| rounded(*entry)).collect();
        return format!("= ({})", entries.join(", "));
    }
    let main = unit.iamax();
    format!("mostly x{} ({})", index(main + 1), rounded(unit[main]))
}

fn percent(share: f64) -> String {
    match share {
        share if share > 0.0 && share < 0.01 => "under 1 %".to_owned(),
        share if share < 1.0 && share > 0.99 => "over 99 %".to_owned(),
        share => format!("{:.0} %", 100.0 * share),
    }
}

/// αλ with its regime, the factor of a step, and the steps that a digit takes; nothing before α is known.
fn fate(at: usize, lambda: f64, sight: &EigenSight<'_>) -> Option<Line> {
    let alpha = sight.alpha?;
    match way(sight.scene) {
        Way::Ball(form, beta) => return Some(momentum::fate(at, lambda, alpha, (form, beta))),
        // The factors 1 − αλ are those of d = −∇f.
        Way::Steepest => {}
        Way::UnitSteepest | Way::Other => return None,
    }
    let name =
        if sight.scene.glimpse().here.point.len() == 1 { "αf''".to_owned() } else { format!("αλ{}", index(at + 1)) };
    let regime = Regime::of(alpha, lambda);
    let ink = match regime {
        Regime::OneStep | Regime::Monotone => Ink::Good,
        Regime::Oscillating | Regime::Neutral => Ink::Warning,
        Regime::Diverging | Regime::Escaping => Ink::Bad,
    };
    let rest = 1.0 - alpha * lambda;
    let line =
        Line::new(Ink::Text, format!("{name} = {}", short(alpha * lambda))).then(ink, format!(": {}", regime.word()));
    let factor = format!("1 − {name} = {}", short(if regime == Regime::OneStep { 0.0 } else { rest }));
    let steps = std::f64::consts::LN_10 / -rest.abs().ln();
    let is_shrinking = matches!(regime, Regime::Monotone | Regime::Oscillating);
    let speed = if is_shrinking { format!(", {} steps/digit", trimmed(steps, 2)) } else { String::new() };
    Some(line.then(Ink::Text, factor + &speed))
}

/// What lies between the largest and the smallest eigenvalue.
fn between(values: &[f64]) -> Option<Line> {
    let text = match values {
        [] => return None,
        [only] => format!("… 1 between: λ₂ = {}", short(*only)),
        [first, .., last] => format!("… {} between: {} ≥ λ ≥ {}", values.len(), short(*first), short(*last)),
    };
    Some(Line::new(Ink::Dim, text))
}

/// The best step of the model and the longest that does not climb, along d once it is seen, else along −∇f.
fn best_step(hessian: &Matrix, sight: &EigenSight<'_>) -> Vec<Line> {
    let glimpse = sight.scene.glimpse();
    let gradient = &glimpse.here.gradient;
    if gradient.amax() == 0.0 {
        return vec![Line::new(Ink::Dim, "∇f = 0: no way is steepest, so there is no α*")];
    }
    if let Err(when) = sight.scene.foretold() {
        return vec![Line::new(Ink::Dim, format!("α* comes {when}"))];
    }
    let steepest = -gradient;
    let along = glimpse.proposal.map_or(&steepest, |proposal| &proposal.direction);
    let is_plain = *along == steepest;
    let model = Model::along(gradient, hessian, along);
    let (name, twice, above, below) = match (gradient.len(), is_plain) {
        (1, true) => ("1/f''", "2/f''", 1.0, hessian[(0, 0)]),
        (_, true) => ("gᵀg/gᵀHg", "2gᵀg/gᵀHg", -model.slope, model.bend),
        (_, false) => ("−∇fᵀd/dᵀHd", "−2∇fᵀd/dᵀHd", -model.slope, model.bend),
    };
    match Model::best_step(gradient, hessian, along) {
        Some(best) => {
            let how = format!("α* = {name} = {}/{}", short(above), short(below));
            let line = if sight.is_wide {
                Line::new(Ink::Text, how).then(Ink::Emphasis, format!("= {}", short(best)))
            } else {
                Line::new(Ink::Emphasis, format!("α* = {}", short(best)))
            };
            vec![line.then(Ink::Text, format!("{twice} = {}", short(2.0 * best)))]
        }
        None if model.slope >= 0.0 => vec![Line::new(Ink::Warning, "d goes uphill: no α* ahead")],
        None => {
            let bend = match (gradient.len(), is_plain) {
                (1, true) => "f''",
                (_, true) => "gᵀHg",
                (_, false) => "dᵀHd",
            };
            vec![Line::new(Ink::Warning, format!("no α*: {bend} ≤ 0, no limit in the model"))]
        }
    }
}

/// What theory knows of the learner's direction.
fn way(scene: &Scene<'_>) -> Way {
    scene.run().method().direction.rule().way()
}

#[cfg(test)]
mod tests {
    use crate::app::room::sitting::Sitting;
    use crate::engine::record::Beat;
    use crate::lesson::question::Answer;
    use crate::lesson::schema::Panel;
    use crate::view::paper::specimen::{
        self, THEMES, backtracking, draw_at_every_size, draw_panel, drawn, fixed, lesson, ravine, walk_to,
    };

    fn seen(sitting: &Sitting, width: u16, height: u16) -> String {
        drawn((width, height), THEMES[0], |pad| draw_panel(Panel::Curvature, sitting, pad))
    }

    fn open(formula: &str, start: &[f64]) -> Sitting {
        Sitting::open(lesson(formula, start, &[fixed(0.05)])).unwrap()
    }

    #[test]
    fn the_ravine_is_told_in_ten_rows() {
        let mut sitting = ravine(fixed(0.025));
        walk_to(&mut sitting, Beat::StepSize);
        let text = seen(&sitting, 40, 12);
        for wanted in [
            "H = [ 20  0 ]   κ = 20",
            "[  0  1 ]   gᵀHg = 32400",
            "bowl: f bends up in every direction",
            "λ₁ = 20  v₁ = (1, 0)  80 % of gᵀg",
            "αλ₁ = 0.5: monotone",
            "1 − αλ₁ = 0.5, 3.3 steps/digit",
            "1 − αλ₂ = 0.975, 91 steps/digit",
            "α* = 0.06173  2gᵀg/gᵀHg = 0.1235",
        ] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        assert!(!text.contains("more"), "{text}");
    }

    #[test]
    fn alpha_is_not_used_before_it_is_chosen() {
        let mut sitting = ravine(backtracking());
        for beat in [Beat::Here, Beat::Direction, Beat::Trial(0)] {
            walk_to(&mut sitting, beat);
            assert!(!seen(&sitting, 60, 20).contains("αλ"), "{beat:?}");
        }
        walk_to(&mut sitting, Beat::Move);
        assert!(seen(&sitting, 60, 20).contains("αλ₁ = 1.25: oscillating"), "{}", seen(&sitting, 60, 20));
        sitting.step();
        assert!(!seen(&sitting, 60, 20).contains("αλ"), "the next search has not chosen yet");
        let mut sitting = ravine(fixed(0.11));
        assert!(!seen(&sitting, 60, 20).contains("diverging"));
        sitting.forward(crate::lesson::schema::Grain::Iteration);
        assert!(seen(&sitting, 60, 20).contains("αλ₁ = 2.2: diverging"), "a fixed α is known from the last step");
    }

    #[test]
    fn an_open_question_hides_what_answers_it() {
        let mut lesson = lesson(specimen::RAVINE, &[2.0, 20.0], &[fixed(0.11)]);
        lesson.pages[0].ask = Some(specimen::question());
        lesson.pages[0].from =
            Some(crate::lesson::schema::Place { iteration: 1, reached: crate::lesson::schema::Reached::Here });
        let mut sitting = Sitting::open(lesson).unwrap();
        let text = seen(&sitting, 60, 20);
        assert!(text.contains("κ = 20") && text.contains("after your answer"), "{text}");
        assert!(!text.contains("diverging") && !text.contains("2gᵀg"), "{text}");
        sitting.answer(Answer::Choice(0), None);
        assert!(seen(&sitting, 60, 20).contains("diverging"));
    }

    #[test]
    fn every_class_has_its_words() {
        for (formula, start, wanted) in [
            ("x1^2 - x2^2", &[1.0, 1.0][..], "saddle: along v₂ f bends down"),
            ("x1^2 - x2^2", &[1.0, 1.0], "H is indefinite"),
            ("-x1^2 + abs(x1)", &[0.0], "critical point, kink: second order does not decide"),
            ("x1^3", &[0.0], "critical point, f'' = 0: second order does not decide"),
            ("1e-9*(x1^2 + 4*x2^2)", &[1.0, 1.0], "bowl: f bends up in every direction"),
            ("1e-9*(x1^2 + 4*x2^2)", &[0.0, 0.0], "critical point: minimum, every λ > 0"),
            ("x1^2 - 3*x2^2", &[1.0, 1.0], "no α*: gᵀHg ≤ 0, no limit in the model"),
            ("x1^2 - x2^2", &[0.0, 0.0], "critical point: saddle, along v₂ f falls"),
            ("x1^2 - x2^2", &[0.0, 0.0], "∇f = 0: no way is steepest"),
            ("-x1^2 - x2^2", &[1.0, 0.0], "dome: f bends down in every direction"),
            ("x1^2 + x2", &[1.0, 0.0], "flat along v₂: f does not bend there"),
            ("x1^2 + x2^4", &[0.0, 0.0], "flat along v₂: second order"),
            ("x1^2 + x2", &[1.0, 0.0], "κ = ∞"),
            ("x1^2", &[1.0], "f''(x) = 2"),
            ("x1^2", &[0.0], "critical point: minimum, f'' > 0"),
            ("x1^2 + 2*x2^2 + 3*x3^2", &[1.0, 1.0, 1.0], "… 1 between: λ₂ = 4"),
            ("x1^2 + 2*x2^2 + 3*x3^2 + x4^2 + 9*x5^2", &[1.0; 5], "v₁ mostly x₅ (1)"),
            ("x1*x2", &[1.0, 1.0], "v₁ = (0.71, 0.71)"),
            ("ln(x1) + x2", &[-1.0, 0.0], "is not finite here"),
            ("abs(x1) + x2^2", &[0.0, 1.0], "kink"),
        ] {
            let text = seen(&open(formula, start), 60, 20);
            assert!(text.contains(wanted), "{formula}: {wanted}\n{text}");
        }
        assert!(!seen(&open("x1^2 - x2^2", &[1.0, 1.0]), 60, 20).contains('κ'));
        let sum: Vec<String> = (1..=65).map(|i| format!("x{i}^2")).collect();
        let text = seen(&open(&sum.join("+"), &[1.0; 65]), 60, 20);
        assert!(text.contains("H has 4225 numbers at n = 65: shown up to n = 64 only"), "{text}");
    }

    #[test]
    fn every_size_is_drawn() {
        let mut sitting = ravine(fixed(0.05));
        sitting.forward(crate::lesson::schema::Grain::Iteration);
        draw_at_every_size(|pad| draw_panel(Panel::Curvature, &sitting, pad));
        draw_at_every_size(|pad| draw_panel(Panel::Curvature, &open("x1^4", &[2.0]), pad));
    }
}
