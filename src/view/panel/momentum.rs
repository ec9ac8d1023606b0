//! Momentum in the curvature panel: how a ball moves along each eigenvector, and up to which α it settles.

use crate::engine::number::{short, trimmed};
use crate::engine::rule::working::index;
use crate::engine::theory::curvature::Spectrum;
use crate::engine::theory::modes::{Form, Motion, best_heavy_ball};
use crate::view::paper::lines::Line;
use crate::view::paper::theme::Ink;

/// αλ with what the ball does along v, and the spectral radius of a step.
pub fn fate(at: usize, lambda: f64, alpha: f64, (form, beta): (Form, f64)) -> Line {
    let mode = form.mode(alpha, lambda, beta);
    let (motion, radius) = (mode.motion(), mode.radius());
    let ink = match motion {
        Motion::OneStep | Motion::Monotone | Motion::Rippling => Ink::Good,
        Motion::Oscillating | Motion::Neutral => Ink::Warning,
        Motion::Diverging | Motion::Escaping => Ink::Bad,
    };
    let steps = std::f64::consts::LN_10 / -radius.ln();
    let is_shrinking = matches!(motion, Motion::Monotone | Motion::Rippling | Motion::Oscillating);
    let speed = if is_shrinking { format!(", {} steps/digit", trimmed(steps, 2)) } else { String::new() };
    Line::new(Ink::Text, format!("αλ{} = {}", index(at + 1), short(alpha * lambda)))
        .then(ink, format!(": {}", motion.word()))
        .then(Ink::Text, format!("radius {}{speed}", short(radius)))
}

/// The largest λ and the smallest.
fn ends(spectrum: &Spectrum) -> (f64, f64) {
    (spectrum.values.first().copied().unwrap_or(0.0), spectrum.values.last().copied().unwrap_or(0.0))
}

/// Up to which α every direction settles, and, where all do, which α and β settle fastest.
pub fn limit_and_best(spectrum: &Spectrum, (form, beta): (Form, f64)) -> Vec<Line> {
    let (mut lines, (largest, smallest)) = (limit(spectrum, (form, beta)), ends(spectrum));
    if largest > 0.0 && smallest > 0.0 && form == Form::HeavyBall {
        let (alpha, best) = best_heavy_ball(smallest, largest);
        let radius = short(best.sqrt());
        lines.push(Line::new(
            Ink::Dim,
            format!("fastest on all λ: α = {}, β = {}, radius √β = {radius}", short(alpha), short(best)),
        ));
    }
    lines
}

/// Up to which α every direction settles.
pub fn limit(spectrum: &Spectrum, (form, beta): (Form, f64)) -> Vec<Line> {
    let (largest, smallest) = ends(spectrum);
    let name = match form {
        Form::HeavyBall => "2(1+β)",
        Form::Nesterov => "2(1+β)/(1+2β)",
        Form::NesterovLecture => "2(1+β)/3",
    };
    let most = form.limit(beta);
    if largest <= 0.0 {
        return vec![Line::new(Ink::Warning, "no λ > 0: the ball settles for no α")];
    }
    let mut lines = vec![
        Line::new(Ink::Emphasis, format!("settles: α < {}", short(most / largest)))
            .then(Ink::Text, format!("αλ < {name} = {}", short(most))),
    ];
    if smallest < 0.0 {
        let last = index(spectrum.values.len());
        lines.push(Line::new(Ink::Warning, format!("along v{last} it escapes, whatever α is: λ{last} < 0")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use crate::app::room::sitting::Sitting;
    use crate::engine::direction::slope::momentum::Momentum;
    use crate::engine::direction::slope::nesterov::Nesterov;
    use crate::engine::record::Beat;
    use crate::engine::rule::list::DirectionRule;
    use crate::engine::rule::method::Method;
    use crate::lesson::schema::Panel;
    use crate::view::paper::specimen::{
        THEMES, draw_at_every_size, draw_panel, drawn, fixed, lesson, question, ravine, walk_to,
    };

    fn rolling(alpha: f64, direction: DirectionRule) -> Method {
        Method { direction, ..fixed(alpha) }
    }

    fn heavy() -> DirectionRule {
        DirectionRule::Momentum(Momentum { beta: 0.9, ..Momentum::default() })
    }

    fn seen(sitting: &Sitting, width: u16) -> String {
        drawn((width, 16), THEMES[0], |pad| draw_panel(Panel::Curvature, sitting, pad))
    }

    #[test]
    fn each_direction_has_its_radius_and_all_have_a_limit() {
        let mut sitting = ravine(rolling(0.1, heavy()));
        let text = seen(&sitting, 40);
        // 2·1.9 = 3.8, over λ₁ = 20.
        assert!(text.contains("settles: α < 0.19  αλ < 2(1+β) = 3.8"), "{text}");
        assert!(!text.contains("radius"), "α is not seen yet\n{text}");
        walk_to(&mut sitting, Beat::StepSize);
        let text = seen(&sitting, 40);
        // Complex factors: the radius is √0.9 = 0.9487, whatever λ is; ln 10/−ln 0.9487 = 43.7.
        for wanted in ["αλ₁ = 2: rippling", "αλ₂ = 0.1: rippling", "radius 0.9487, 44 steps/digit"] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        assert!(!text.contains("gᵀg/gᵀHg"), "{text}");
        let wide = seen(&sitting, 90);
        assert!(wide.contains("fastest on all λ: α = 0.1336, β = 0.4026"), "{wide}");
    }

    #[test]
    fn looking_ahead_has_a_limit_of_its_own() {
        let mut sitting = ravine(rolling(0.08, DirectionRule::Nesterov(Nesterov { beta: 0.9, ..Nesterov::default() })));
        walk_to(&mut sitting, Beat::StepSize);
        let text = seen(&sitting, 60);
        // 2·1.9/2.8 = 1.357 < αλ₁ = 1.6.
        for wanted in ["2(1+β)/(1+2β) = 1.357", "α < 0.06786", "αλ₁ = 1.6: diverging"] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        let mut lesson = lesson("x1^2 - x2^2", &[1.0, 0.1], &[rolling(0.1, heavy())]);
        let saddle = Sitting::open(lesson.clone()).unwrap();
        assert!(seen(&saddle, 60).contains("along v₂ it escapes"), "{}", seen(&saddle, 60));
        lesson.pages[0].ask = Some(question());
        let asked = Sitting::open(lesson).unwrap();
        assert!(!seen(&asked, 60).contains("settles") && !seen(&asked, 60).contains("escapes"));
    }

    #[test]
    fn every_size_is_drawn() {
        let mut sitting = ravine(rolling(0.1, heavy()));
        walk_to(&mut sitting, Beat::Move);
        draw_at_every_size(|pad| draw_panel(Panel::Curvature, &sitting, pad));
    }
}
