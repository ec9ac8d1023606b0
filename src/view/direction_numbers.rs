//! Each direction rule with its numbers put in: what was remembered, how d comes of it, and how d lies to −∇f.

use crate::app::glimpse::Glimpse;
use crate::app::sitting::Sitting;
use crate::engine::direction::scaled::adam;
use crate::engine::direction::slope::conjugate_gradient::Beta;
use crate::engine::direction::slope::momentum;
use crate::engine::number::product;
use crate::engine::number::{right, short};
use crate::engine::record::Proposal;
use crate::engine::record::memory::{Memory, Remembered};
use crate::engine::record::row::angle_from_steepest;
use crate::engine::record::secant::Pair;
use crate::engine::rule::list::DirectionRule;
use crate::objective::point::{Matrix, Vector};
use crate::view::formula::{MOST_SHOWN, base, equation, factor, index, vector};
use crate::view::lines::Line;
use crate::view::theme::Ink;
use unicode_width::UnicodeWidthStr;

/// What the rule arrives with, each thing with its symbol.
pub fn memory(sitting: &Sitting, memory: &Memory) -> Vec<Line> {
    let line = |(name, remembered): &(&'static str, Remembered)| match remembered {
        Remembered::Number(number) => vec![equation(&symbol(name), &[short(*number)])],
        Remembered::Count(count) => vec![equation(&symbol(name), &[short(*count as f64)])],
        Remembered::Vector(entries) => vec![equation(&symbol(name), &[vector(entries.as_slice())])],
        Remembered::Word(word) => vec![Line::new(Ink::Text, format!("{name}: {word}"))],
        Remembered::Dropped => vec![Line::new(Ink::Dim, format!("{name}: not kept so long"))],
        Remembered::Matrix(model) => matrix(&symbol(name), model),
    };
    let mut lines: Vec<Line> = memory.0.iter().flat_map(line).collect();
    if matches!(sitting.cast.runs[0].method().direction, DirectionRule::LBfgs(_)) {
        lines.extend(pairs(&Glimpse::of(sitting), memory.number("pairs").unwrap_or_default() as usize));
    }
    let recalled = sitting.cast.runs[0].method().direction.rule().recalled(memory);
    lines.push(Line::new(Ink::Dim, recalled).flush());
    lines
}

/// The newest of so many pairs from which L-BFGS makes its H⁻: the way that was gone, and how ∇f changed along it.
fn pairs(glimpse: &Glimpse<'_>, count: usize) -> Vec<Line> {
    const MOST: usize = 3;
    let newest = Pair::newest(glimpse.here, glimpse.past, count.min(MOST));
    let line = |(pair, t): (&Pair, usize)| {
        let name = index(t);
        equation(&format!("s{name}"), &[vector(pair.s.as_slice())])
            .then(Ink::Text, format!("y{name} = {}", vector(pair.y.as_slice())))
            .then(Ink::Text, format!("yᵀs = {}", short(pair.curvature())))
    };
    let mut lines: Vec<Line> = newest.iter().rev().zip((0..glimpse.past.len()).rev()).map(line).collect();
    if count > MOST {
        lines.push(Line::new(Ink::Dim, format!("and {} older pairs", count - MOST)));
    }
    lines
}

/// A remembered thing with the symbol of the formulas.
fn symbol(name: &str) -> String {
    let symbol = match name {
        "velocity" => "v",
        "buffer" => "b₋",
        "first_moment" => "m₋",
        "second_moment" => "v₋",
        "squared_gradients" => "G₋",
        "sizes" => "Δ",
        "damping" => "λ",
        "inverse_hessian" => "H⁻",
        "previous_direction" => "d₋",
        "beta" => "β",
        "shift" => "τ",
        _ => return name.replace('_', " "),
    };
    format!("{} {symbol}", name.replace('_', " "))
}

/// A matrix row by row where it is small.
fn matrix(name: &str, matrix: &Matrix) -> Vec<Line> {
    let n = matrix.nrows();
    if n > 3 {
        return vec![Line::new(Ink::Text, format!("{name}: {n} × {}", matrix.ncols()))];
    }
    let entries = |i: usize| (0..matrix.ncols()).map(move |j| short(matrix[(i, j)]));
    let wide = (0..n).flat_map(entries).map(|entry| entry.width()).max().unwrap_or(0);
    let row = |i: usize| entries(i).map(|entry| right(&entry, wide)).collect::<Vec<_>>().join("  ");
    let blank = " ".repeat(name.width() + 3);
    (0..n)
        .map(|i| {
            Line::new(Ink::Text, format!("{}[ {} ]", if i == 0 { format!("{name} = ") } else { blank.clone() }, row(i)))
        })
        .collect()
}

/// d, how it comes about, its slope, and its angle to −∇f.
pub fn direction(sitting: &Sitting, glimpse: &Glimpse<'_>, proposal: &Proposal) -> Vec<Line> {
    let (gradient, d) = (&glimpse.here.gradient, &proposal.direction);
    // The rule says "d = −∇f"; the formula without its name, then the numbers.
    let formula = sitting.cast.runs[0].method().direction.rule().formula();
    let formula = formula.rsplit("d = ").next().unwrap_or_default().trim_end_matches(": d").to_owned();
    // Where momentum starts from stands in lines of their own.
    let formula = formula.trim_start_matches("dᵢ = ").trim_end_matches(", from x + βv").to_owned();
    let mut lines = vec![equation("d", &[formula, vector(d.as_slice())])];
    lines.extend(worked(sitting, glimpse, proposal));
    let slope = product::dot(gradient, d);
    let products = gradient.iter().zip(d.iter()).map(|(g, d)| format!("{}·{}", factor(*g), factor(*d)));
    let mut ways = vec![short(slope)];
    if d.len() <= MOST_SHOWN {
        ways.insert(0, products.collect::<Vec<_>>().join(" + "));
    }
    let slope_line = equation("∇fᵀd", &ways);
    lines.push(match slope {
        slope if slope < 0.0 => slope_line.then(Ink::Good, "< 0: descent"),
        slope if slope > 0.0 => slope_line.then(Ink::Bad, "> 0: uphill"),
        _ => slope_line.then(Ink::Bad, ": no descent"),
    });
    lines.push(equation("‖d‖", &[short(product::norm(d))]));
    if let Some(angle) = angle_from_steepest(glimpse.here, d) {
        let cosine = format!("{}/({}·{})", short(-slope), short(product::norm(gradient)), short(product::norm(d)));
        lines.push(equation(
            "cos θ",
            &["−∇fᵀd/(‖∇f‖·‖d‖)".to_owned(), cosine, short(-product::cosine(gradient, d).unwrap_or(0.0))],
        ));
        lines.push(equation("θ", &[format!("{}°", short(angle))]).then(Ink::Dim, "between d and −∇f"));
    }
    lines
}

/// The update of the rule, its numbers put in; nothing for −∇f itself.
fn worked(sitting: &Sitting, glimpse: &Glimpse<'_>, proposal: &Proposal) -> Vec<Line> {
    let run = &sitting.cast.runs[0];
    let noise = run.peek().ok().and_then(|step| step.noise.as_ref());
    let seen = noise.map_or_else(|| glimpse.here.gradient.clone(), |noise| &glimpse.here.gradient + noise);
    let mut lines = Vec::new();
    if let Some(noise) = noise {
        let numbers = format!("{} + {}", vector(glimpse.here.gradient.as_slice()), vector(noise.as_slice()));
        lines.push(equation("∇f seen", &["∇f + noise".to_owned(), numbers, vector(seen.as_slice())]));
    }
    let (before, kept) = (&proposal.memory, &proposal.kept);
    lines.extend(match &run.method().direction {
        DirectionRule::Momentum(rule) if rule.variant == momentum::Variant::Torch => {
            buffer(rule.beta, before, kept, &seen)
        }
        DirectionRule::Momentum(_) | DirectionRule::Nesterov(_) => {
            look_ahead(run.method().get("direction.beta"), glimpse, proposal)
        }
        DirectionRule::ConjugateGradient(rule) => conjugate(rule.beta, glimpse, before, &seen),
        DirectionRule::Newton(_) => equations(run.objective().hessian(&glimpse.here.point), before, &seen, proposal),
        DirectionRule::Bfgs(_) => before.matrix("inverse_hessian").map_or_else(Vec::new, |model| matrix("H⁻", model)),
        DirectionRule::LevenbergMarquardt(_) => residuals(sitting, glimpse, before),
        DirectionRule::Rprop(_) => signs(before, kept, &seen, proposal),
        DirectionRule::Adagrad(rule) => each(&seen, |i, g| {
            let (old, sum) = (before.vector("squared_gradients")?[i], kept.vector("squared_gradients")?[i]);
            let (number, epsilon) = (index(i + 1), short(rule.epsilon));
            Some(vec![
                equation(&format!("G{number}"), &[format!("{} + {}²", short(old), base(g)), short(sum)]),
                equation(
                    &format!("d{number}"),
                    &[format!("{}/(√{} + {epsilon})", short(-g), short(sum)), short(proposal.direction[i])],
                ),
            ])
        }),
        DirectionRule::Rmsprop(rule) => each(&seen, |i, g| {
            let (old, mean) = (before.vector("second_moment")?[i], kept.vector("second_moment")?[i]);
            let (number, stays) = (index(i + 1), rule.rho);
            let numbers = format!("{}·{} + {}·{}²", short(stays), short(old), short(1.0 - stays), base(g));
            let quotient = format!("{}/(√{} + {})", short(-g), short(mean), short(rule.epsilon));
            Some(vec![
                equation(&format!("v{number}"), &[numbers, short(mean)]),
                equation(&format!("d{number}"), &[quotient, short(proposal.direction[i])]),
            ])
        }),
        DirectionRule::Adam(rule) => each(&seen, |i, g| moments(rule, (before, kept), i, g, proposal.direction[i])),
        _ => Vec::new(),
    });
    lines
}

/// Some lines for each coordinate that is shown.
fn each(gradient: &Vector, lines: impl Fn(usize, f64) -> Option<Vec<Line>>) -> Vec<Line> {
    let shown = gradient.iter().enumerate().take(MOST_SHOWN);
    shown.filter_map(|(i, slope)| lines(i, *slope)).flatten().map(|line| line.indented(1)).collect()
}

fn buffer(beta: f64, before: &Memory, kept: &Memory, seen: &Vector) -> Vec<Line> {
    let (Some(old), Some(new)) = (before.vector("buffer"), kept.vector("buffer")) else { return Vec::new() };
    let numbers = format!("{}·{} + {}", short(beta), vector(old.as_slice()), vector(seen.as_slice()));
    vec![equation("b", &["βb₋ + ∇f".to_owned(), numbers, vector(new.as_slice())])]
}

/// Where the velocity leads before α is known.
fn look_ahead(beta: Option<toml::Value>, glimpse: &Glimpse<'_>, proposal: &Proposal) -> Vec<Line> {
    let (Some(carried), Some(velocity)) = (&proposal.base, proposal.memory.vector("velocity")) else {
        return Vec::new();
    };
    let beta = beta.and_then(|beta| beta.as_float()).unwrap_or_default();
    let numbers = format!("{}·{}", short(beta), vector(velocity.as_slice()));
    vec![
        equation("βv", &[numbers, vector(carried.as_slice())]),
        equation("x + βv", &[vector((&glimpse.here.point + carried).as_slice())]),
    ]
}

fn conjugate(rule: Beta, glimpse: &Glimpse<'_>, before: &Memory, seen: &Vector) -> Vec<Line> {
    let (Some(last), Some("none")) = (glimpse.past.last(), before.word("restart")) else { return Vec::new() };
    let (Some(beta), Some(previous)) = (before.number("beta"), before.vector("previous_direction")) else {
        return Vec::new();
    };
    let old = last.seen_gradient();
    let change = seen - &*old;
    let (name, above, below) = match rule {
        Beta::PolakRibiere => ("gᵀ(g − g₋)/‖g₋‖²", seen.dot(&change), old.norm_squared()),
        Beta::FletcherReeves => ("‖g‖²/‖g₋‖²", seen.norm_squared(), old.norm_squared()),
        Beta::HestenesStiefel => ("gᵀ(g − g₋)/d₋ᵀ(g − g₋)", seen.dot(&change), previous.dot(&change)),
        Beta::DaiYuan => ("‖g‖²/d₋ᵀ(g − g₋)", seen.norm_squared(), previous.dot(&change)),
    };
    let sum = format!("{} + {}·{}", vector((-seen).as_slice()), short(beta), vector(previous.as_slice()));
    vec![
        equation("β", &[name.to_owned(), format!("{}/{}", short(above), factor(below)), short(beta)]),
        equation("d", &[sum, vector((previous * beta - seen).as_slice())]),
    ]
}

/// H d = −∇f, row by row, with the shift where there is one.
fn equations(mut hessian: Matrix, before: &Memory, seen: &Vector, proposal: &Proposal) -> Vec<Line> {
    let (n, d) = (seen.len(), &proposal.direction);
    if n > 3 {
        return Vec::new();
    }
    let mut lines = matrix("H", &hessian);
    let shift = before.number("shift").unwrap_or(0.0);
    if shift != 0.0 {
        lines.push(equation("τ", &[short(shift)]).then(Ink::Dim, "is added on the diagonal"));
        (0..n).for_each(|i| hessian[(i, i)] += shift);
    }
    let product = &hessian * d;
    for i in 0..n {
        let terms: Vec<String> = (0..n).map(|j| format!("{}·{}", factor(hessian[(i, j)]), factor(d[j]))).collect();
        let is_solved = (product[i] + seen[i]).abs() <= 1e-9 * (1.0 + seen.amax());
        let line = equation(&format!("(Hd){}", index(i + 1)), &[terms.join(" + "), short(product[i])]);
        lines.push(if is_solved { line.then(Ink::Good, format!("= −∂f/∂x{}", index(i + 1))) } else { line });
    }
    lines
}

fn residuals(sitting: &Sitting, glimpse: &Glimpse<'_>, before: &Memory) -> Vec<Line> {
    let found = sitting.cast.runs[0].objective().residuals(&glimpse.here.point);
    let (Some((residuals, jacobian)), Some(damping)) = (found, before.number("damping")) else { return Vec::new() };
    let mut lines = vec![
        equation("r", &[vector(residuals.as_slice())]),
        equation("Jᵀr", &[vector(jacobian.tr_mul(&residuals).as_slice())]),
    ];
    lines.extend(matrix("JᵀJ", &jacobian.tr_mul(&jacobian)));
    lines.push(equation("λ", &[short(damping)]));
    lines
}

fn signs(before: &Memory, kept: &Memory, seen: &Vector, proposal: &Proposal) -> Vec<Line> {
    let (Some(sizes), Some(next)) = (before.vector("sizes"), kept.vector("sizes")) else { return Vec::new() };
    let word = |slope: f64| {
        if slope > 0.0 {
            "+"
        } else if slope < 0.0 {
            "−"
        } else {
            "0"
        }
    };
    each(seen, |i, slope| {
        let name = index(i + 1);
        let line = equation(&format!("d{name}"), &[short(proposal.direction[i])])
            .then(Ink::Text, format!("sign of ∂f/∂x{name}: {}", word(slope)))
            .then(Ink::Text, format!("Δ{name}: {} → {}", short(sizes[i]), short(next[i])));
        Some(vec![line])
    })
}

fn moments(rule: &adam::Adam, (before, kept): (&Memory, &Memory), i: usize, g: f64, d: f64) -> Option<Vec<Line>> {
    let (m_before, m) = (before.vector("first_moment")?[i], kept.vector("first_moment")?[i]);
    let (v_before, v) = (before.vector("second_moment")?[i], kept.vector("second_moment")?[i]);
    let seen = kept.number("updates")?;
    let name = index(i + 1);
    let mean = |beta: f64, old: f64| format!("{}·{} + {}·", short(beta), factor(old), short(1.0 - beta));
    let (missing1, missing2) = (1.0 - rule.beta1.powf(seen), 1.0 - rule.beta2.powf(seen));
    let (m_hat, v_hat) = (m / missing1, v / missing2);
    let mut lines = vec![
        equation(&format!("m{name}"), &[mean(rule.beta1, m_before) + &factor(g), short(m)]),
        equation(&format!("v{name}"), &[mean(rule.beta2, v_before) + &format!("{}²", base(g)), short(v)]),
    ];
    if rule.variant == adam::Variant::Paper {
        let corrected = |value: f64, beta: f64| format!("{}/(1 − {}^{seen})", short(value), short(beta));
        lines.push(equation(&format!("m̂{name}"), &[corrected(m, rule.beta1), short(m_hat)]));
        lines.push(equation(&format!("v̂{name}"), &[corrected(v, rule.beta2), short(v_hat)]));
        let quotient = format!("−{}/(√{} + {})", factor(m_hat), short(v_hat), short(rule.epsilon));
        lines.push(equation(&format!("d{name}"), &[quotient, short(d)]));
    }
    Some(lines)
}

/// What is added to x whatever α is, by its symbol.
pub fn base_symbol(sitting: &Sitting) -> &'static str {
    match sitting.cast.runs[0].method().direction {
        DirectionRule::Momentum(_) | DirectionRule::Nesterov(_) => "βv",
        DirectionRule::Perturbed(_) => "ξ",
        _ => "b",
    }
}

/// The velocity that a move leaves behind.
pub fn velocity(sitting: &Sitting, proposal: &Proposal, alpha: f64) -> Option<Line> {
    let carried = proposal.base.as_ref().filter(|_| base_symbol(sitting) == "βv")?;
    let numbers =
        format!("{} + {}·{}", vector(carried.as_slice()), short(alpha), vector(proposal.direction.as_slice()));
    let velocity = carried + &proposal.direction * alpha;
    Some(equation("v₊", &["βv + αd".to_owned(), numbers, vector(velocity.as_slice())]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::direction::curved::bfgs::Bfgs;
    use crate::engine::direction::curved::l_bfgs::LBfgs;
    use crate::engine::direction::curved::levenberg_marquardt::LevenbergMarquardt;
    use crate::engine::direction::curved::newton::Newton;
    use crate::engine::direction::scaled::adagrad::Adagrad;
    use crate::engine::direction::scaled::adam::Adam;
    use crate::engine::direction::scaled::rmsprop::Rmsprop;
    use crate::engine::direction::scaled::rprop::{Rprop, Variant};
    use crate::engine::direction::slope::conjugate_gradient::ConjugateGradient;
    use crate::engine::direction::slope::momentum::Momentum;
    use crate::engine::direction::slope::rotated::Rotated;
    use crate::engine::record::Beat;
    use crate::engine::rule::method::Method;
    use crate::view::numbers;
    use crate::view::specimen::{THEMES, draw_at_every_size, drawn, fixed, ravine, walk_to};

    fn sitting(direction: DirectionRule, alpha: f64, t: usize, beat: Beat) -> Sitting {
        let step_size = direction.own_step().unwrap_or(fixed(alpha).step_size);
        let mut sitting = ravine(Method { direction, step_size });
        sitting.step_while(|sitting| sitting.cursor.t < t);
        walk_to(&mut sitting, beat);
        sitting
    }

    /// In a parabola y = Hs: of the ravine y₁ = 20s₁ and y₂ = s₂, whatever the step was.
    #[test]
    fn l_bfgs_shows_the_pairs_that_it_learns_from() {
        let sitting = sitting(DirectionRule::LBfgs(LBfgs::default()), 0.01, 2, Beat::Memory);
        let pair = Pair::newest(Glimpse::of(&sitting).here, Glimpse::of(&sitting).past, 1).remove(0);
        assert!((pair.y[0] - 20.0 * pair.s[0]).abs() < 1e-12 && (pair.y[1] - pair.s[1]).abs() < 1e-12);
        let newest = format!("s₁ = {}", vector(pair.s.as_slice()));
        sees(&sitting, &[&newest, &format!("y₁ = {}", vector(pair.y.as_slice())), "s₀ =", "yᵀs ="]);
    }

    fn sees(sitting: &Sitting, wanted: &[&str]) {
        let text = drawn(100, 24, |area, cells| numbers::draw(sitting, THEMES[0], true, area, cells));
        for wanted in wanted {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
    }

    /// On the ravine from (2, 20): ∇f = (40, 20), then by hand.
    #[test]
    fn a_ball_shows_its_velocity() {
        let heavy = || DirectionRule::Momentum(Momentum { beta: 0.9, ..Momentum::default() });
        sees(&sitting(heavy(), 0.1, 1, Beat::Memory), &["velocity v = (−4, −2)", "of which β = 0.9 stays"]);
        let at_direction = sitting(heavy(), 0.1, 1, Beat::Direction);
        sees(&at_direction, &["d = −∇f = (40, −18)", "βv = 0.9·(−4, −2) = (−3.6, −1.8)", "x + βv = (−5.6, 16.2)"]);
        sees(
            &sitting(heavy(), 0.1, 1, Beat::Move),
            &["v₊ = βv + αd = (−3.6, −1.8) + 0.1·(40, −18) = (0.4, −3.6)", "x₊ = x + βv + αd = (−1.6, 14.4)"],
        );
        let torch = Momentum { beta: 0.9, variant: momentum::Variant::Torch, ..Momentum::default() };
        let sitting = sitting(DirectionRule::Momentum(torch), 0.1, 1, Beat::Direction);
        sees(&sitting, &["b = βb₋ + ∇f = 0.9·(40, 20) + (−40, 18) = (−4, 36)", "d = −b = (4, −36)"]);
    }

    #[test]
    fn a_right_angle_has_the_cosine_0() {
        let turned = DirectionRule::Rotated(Rotated { degrees: 90.0 });
        sees(&sitting(turned, 0.1, 0, Beat::Direction), &["0/(44.72·44.72) = 0 ", "θ = 90°"]);
        let third = DirectionRule::Rotated(Rotated { degrees: 60.0 });
        sees(&sitting(third, 0.1, 0, Beat::Direction), &["/(44.72·44.72) = 0.5 ", "θ = 60°"]);
    }

    #[test]
    fn scaled_methods_show_each_coordinate() {
        let adam = sitting(DirectionRule::Adam(Adam::default()), 0.5, 0, Beat::Direction);
        sees(
            &adam,
            &[
                "m₁ = 0.9·0 + 0.1·40 = 4",
                "v₁ = 0.999·0 + 0.001·40² = 1.6",
                "= 4/(1 − 0.9^1) = 40",
                "= 1.6/(1 − 0.999^1) = 1600",
                "d₁ = −40/(√1600 + 1.0e-8) = −1",
            ],
        );
        let adagrad = sitting(DirectionRule::Adagrad(Adagrad::default()), 0.5, 0, Beat::Direction);
        sees(&adagrad, &["G₂ = 0 + 20² = 400", "= −1"]);
        let rmsprop = Rmsprop { rho: 0.9, ..Rmsprop::default() };
        let rmsprop = sitting(DirectionRule::Rmsprop(rmsprop), 0.5, 0, Beat::Direction);
        sees(&rmsprop, &["v₁ = 0.9·0 + 0.1·40² = 160", "= −3.162"]);
        let minus = Rprop { variant: Variant::Minus, ..Rprop::default() };
        let rprop = sitting(DirectionRule::Rprop(minus), 1.0, 1, Beat::Direction);
        sees(&rprop, &["d₁ = −0.12  sign of ∂f/∂x₁: +  Δ₁: 0.1 → 0.12"]);
    }

    #[test]
    fn models_show_their_matrices() {
        let newton = sitting(DirectionRule::Newton(Newton::default()), 1.0, 0, Beat::Direction);
        sees(&newton, &["H = [ 20   0 ]", "(Hd)₁ = 20·(−2) + 0·(−20) = −40 = −∂f/∂x₁"]);
        let bfgs = sitting(DirectionRule::Bfgs(Bfgs::default()), 0.05, 0, Beat::Direction);
        sees(&bfgs, &["H⁻ = [ 1  0 ]", "d = −H⁻∇f = (−40, −20)"]);
        // r = (√10·2, 20/√2), JᵀJ = ½H.
        let rule = LevenbergMarquardt::default();
        let damped = sitting(DirectionRule::LevenbergMarquardt(rule), 1.0, 0, Beat::Direction);
        sees(&damped, &["r = (6.325, 14.14)", "λ = 0.001", "Jᵀr = (20, 10)"]);
    }

    #[test]
    fn conjugate_directions_show_their_beta() {
        // α = 0.05 leads to (0, 19): β = 361/2000.
        let rule = ConjugateGradient { beta: Beta::FletcherReeves, ..ConjugateGradient::default() };
        let turned = sitting(DirectionRule::ConjugateGradient(rule), 0.05, 1, Beat::Direction);
        sees(&turned, &["β = ‖g‖²/‖g₋‖² = 361/2000 = 0.1805", "0.1805·(−40, −20) = (−7.22, −22.61)"]);
        let text = drawn(100, 24, |area, cells| numbers::draw(&turned, THEMES[0], true, area, cells));
        assert_eq!(text.matches("−22.61").count(), 3, "in d, in the sum, in the slope\n{text}");
    }

    #[test]
    fn every_rule_is_drawn_at_every_size() {
        for rule in DirectionRule::all() {
            let sitting = sitting(rule, 0.01, 1, Beat::Direction);
            draw_at_every_size(|theme, area, cells| numbers::draw(&sitting, theme, false, area, cells));
        }
    }
}
