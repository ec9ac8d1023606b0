//! What the numbers panel shows: of each beat, of each direction, of each step size, of the beats of two rules' own.

mod panel {
    use super::super::*;
    use crate::app::room::sitting::Sitting;
    use crate::engine::direction::slope::steepest_descent::SteepestDescent;
    use crate::engine::rule::list::{DirectionRule, StepSizeRule};
    use crate::engine::rule::method::Method;
    use crate::engine::step_size::schedule::diminishing::Diminishing;
    use crate::engine::step_size::search::backtracking::Backtracking;
    use crate::engine::step_size::search::hager_zhang::HagerZhang;
    use crate::lesson::schema::Grain;
    use crate::lesson::schema::Panel;
    use crate::view::paper::specimen::{
        THEMES, backtracking, draw_at_every_size, draw_panel, drawn, fixed, lesson, ravine, walk_to,
    };

    fn seen(sitting: &Sitting) -> String {
        drawn((90, 22), THEMES[0], |pad| draw_panel(Panel::Numbers, sitting, pad))
    }

    fn sees(sitting: &Sitting, wanted: &[&str]) {
        let text = seen(sitting);
        for wanted in wanted {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
    }

    #[test]
    fn the_beats_of_backtracking_show_their_numbers() {
        let mut sitting = ravine(backtracking());
        sees(
            &sitting,
            &[
                "x = (2, 20)",
                "f(x) = 10·2² + 20²/2 = 240",
                "∇f = (40, 20)",
                "‖∇f‖ = √(40² + 20²) = 44.72",
                "‖∇f‖∞ = max(40, 20) = 40",
                "‖∇f‖∞ = 40 > 1e-8: goes on",
                "t = 0 < 1000: goes on",
            ],
        );
        assert!(!seen(&sitting).contains("αd") && !seen(&sitting).contains("∇fᵀd"));
        walk_to(&mut sitting, Beat::Direction);
        sees(&sitting, &["d = −∇f = (−40, −20)", "= −2000 < 0: descent", "θ = 0°"]);
        assert!(!seen(&sitting).contains("bound"));
        walk_to(&mut sitting, Beat::Trial(3));
        sees(
            &sitting,
            &[
                "α ← τ·α = 0.5·0.25 = 0.125",
                "x + αd = (−3, 17.5)",
                "x₁ = 2 + 0.125·(−40) = −3",
                "φ(α) = f(x + αd) = 243.1",
                "bound = f + γ₁α∇fᵀd = 240 + 0.1·0.125·(−2000) = 215",
                "margin = bound − φ(α) = 215 − 243.1 = −28.12",
                "< 0: too long",
            ],
        );
        assert!(!seen(&sitting).contains("0.0625"));
        walk_to(&mut sitting, Beat::Trial(4));
        sees(&sitting, &["≥ 0: accepted"]);
        walk_to(&mut sitting, Beat::Move);
        sees(
            &sitting,
            &[
                "x₂ = 20 + 0.0625·(−20) = 18.75",
                "Δf = f(x₊) − f(x) = 178.3 − 240 = −61.72: down",
                "model = −αgᵀg + ½α²gᵀHg = −125 + 63.28 = −61.72",
                "Δf is what the model foretold",
                "‖Δx‖ = α‖d‖ = 0.0625·44.72 = 2.795",
            ],
        );
    }

    /// f = eˣ + e⁻ˣ at 2·10⁻⁷: γ₁α∇fᵀd = −1.6·10⁻¹⁷ is lost in 2, so that the slope decides: of a flip, then of the minimum.
    #[test]
    fn where_the_decrease_is_lost_in_rounding_the_test_of_the_slope_is_shown() {
        let search = Backtracking { initial: 1.0, gamma1: 1e-4, ..Backtracking::default() };
        let method = Method { step_size: StepSizeRule::Backtracking(search), ..fixed(1.0) };
        let mut sitting = Sitting::open(lesson("exp(x1)+exp(-x1)", &[2e-7], &[method])).unwrap();
        walk_to(&mut sitting, Beat::Trial(0));
        sees(
            &sitting,
            &[
                "γ₁α∇fᵀd is lost in rounding: the slope decides",
                "slope bound = (2γ₁ − 1)∇fᵀd = (2·0.0001 − 1)·(−1.6e-13)",
                "margin = slope bound − φ'(α)",
                "< 0: too long",
            ],
        );
        let told = crate::view::page::story::tell(&sitting).now;
        assert!(told.contains("α = 1 is too long: f = 2 is level, and the slope 1.6e-13 exceeds"), "{told}");
        walk_to(&mut sitting, Beat::Trial(1));
        sees(&sitting, &["the slope decides", "≥ 0: accepted"]);
        let told = crate::view::page::story::tell(&sitting).now;
        assert!(told.contains("α = 0.5 accepted by its slope: f = 2 is level"), "{told}");
    }

    /// Hager and Zhang accept α = 1000 on −x/(x²+2) by the slope, since f does not rise: nothing is lost in rounding there.
    #[test]
    fn approximate_wolfe_is_called_so() {
        let direction = DirectionRule::SteepestDescent(SteepestDescent { normalize: true });
        let search = HagerZhang { initial: 1000.0, gamma1: 0.001, gamma2: 0.1, ..HagerZhang::default() };
        let method = Method { direction, step_size: StepSizeRule::HagerZhang(search) };
        let mut sitting = Sitting::open(lesson("-x1/(x1^2+2)", &[0.0], &[method])).unwrap();
        walk_to(&mut sitting, Beat::Trial(0));
        sees(
            &sitting,
            &["φ(α) ≤ f + ε|f|, ε = 1e-6: approximate Wolfe", "(2·0.001 − 1)·(−0.5) = 0.499", "≥ 0: accepted"],
        );
        assert!(!seen(&sitting).contains("rounding"));
    }

    #[test]
    fn step_sizes_from_a_formula_show_it() {
        let mut sitting = ravine(fixed(0.05));
        assert!(!seen(&sitting).contains("0.05"));
        walk_to(&mut sitting, Beat::StepSize);
        sees(&sitting, &["α(t) = α = 0.05  for every t", "αd = 0.05·(−40, −20) = (−2, −1)"]);
        let shrinking = Method { step_size: StepSizeRule::Diminishing(Diminishing { alpha0: 0.06 }), ..fixed(1.0) };
        let mut sitting = ravine(shrinking);
        sitting.forward(Grain::Iteration);
        walk_to(&mut sitting, Beat::StepSize);
        sees(&sitting, &["α(t) = α₀/(t + 1) = 0.06/(1 + 1) = 0.03"]);
    }

    #[test]
    fn one_coordinate_is_a_number() {
        let mut sitting = Sitting::open(lesson("x^4", &[1.0], &[fixed(0.05)])).unwrap();
        sees(&sitting, &["x = 1", "f(x) = 1⁴ = 1"]);
        walk_to(&mut sitting, Beat::StepSize);
        sees(&sitting, &["αd = 0.05·(−4) = −0.2"]);
        walk_to(&mut sitting, Beat::Move);
        sees(&sitting, &["x₊ = x + αd = 1 + 0.05·(−4) = 0.8", "Δf − model = −0.0304"]);
    }

    #[test]
    fn the_end_says_why() {
        let mut sitting = Sitting::open(lesson("x1^2 - x2^2", &[0.0, 0.0], &[fixed(0.1)])).unwrap();
        sees(&sitting, &["‖∇f‖∞ = 0 ≤ 1e-8: stop"]);
        sitting.step();
        sees(&sitting, &["the start is a critical point already", "critical point: saddle, λ of both signs"]);
    }

    #[test]
    fn many_coordinates_are_counted() {
        let sum: Vec<String> = (1..=9).map(|i| format!("x{i}^4")).collect();
        let mut sitting = Sitting::open(lesson(&sum.join("+"), &[1.0; 9], &[fixed(0.1)])).unwrap();
        sees(&sitting, &["… 5 more)"]);
        walk_to(&mut sitting, Beat::Move);
        sees(&sitting, &["Δf − model ="]);
    }

    #[test]
    fn every_size_of_every_beat_is_drawn() {
        let mut sitting = ravine(backtracking());
        for beat in [Beat::Here, Beat::Direction, Beat::Trial(2), Beat::Move] {
            walk_to(&mut sitting, beat);
            draw_at_every_size(|pad| draw_panel(Panel::Numbers, &sitting, pad));
        }
        sitting.forward(Grain::Run);
        draw_at_every_size(|pad| draw_panel(Panel::Numbers, &sitting, pad));
    }
}

mod directions {
    use super::super::*;
    use crate::app::room::sitting::Sitting;
    use crate::engine::direction::curved::bfgs::Bfgs;
    use crate::engine::direction::curved::l_bfgs::LBfgs;
    use crate::engine::direction::curved::levenberg_marquardt::LevenbergMarquardt;
    use crate::engine::direction::curved::newton::Newton;
    use crate::engine::direction::scaled::adagrad::Adagrad;
    use crate::engine::direction::scaled::adam::Adam;
    use crate::engine::direction::scaled::rmsprop::Rmsprop;
    use crate::engine::direction::scaled::rprop::{Rprop, RpropVariant};
    use crate::engine::direction::slope::conjugate_gradient::Beta;
    use crate::engine::direction::slope::conjugate_gradient::ConjugateGradient;
    use crate::engine::direction::slope::momentum;
    use crate::engine::direction::slope::momentum::Momentum;
    use crate::engine::direction::slope::rotated::Rotated;
    use crate::engine::record::Beat;
    use crate::engine::record::secant::SecantPair;
    use crate::engine::rule::list::DirectionRule;
    use crate::engine::rule::method::Method;
    use crate::lesson::schema::Panel;
    use crate::view::paper::specimen::{THEMES, draw_at_every_size, draw_panel, drawn, fixed, ravine, walk_to};

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
        let pair = SecantPair::newest(Glimpse::of(&sitting).here, Glimpse::of(&sitting).past, 1).remove(0);
        assert!((pair.y[0] - 20.0 * pair.s[0]).abs() < 1e-12 && (pair.y[1] - pair.s[1]).abs() < 1e-12);
        let newest = format!("s₁ = {}", vector(pair.s.as_slice()));
        sees(&sitting, &[&newest, &format!("y₁ = {}", vector(pair.y.as_slice())), "s₀ =", "yᵀs ="]);
    }

    fn sees(sitting: &Sitting, wanted: &[&str]) {
        let text = drawn((100, 24), THEMES[0], |pad| draw_panel(Panel::Numbers, sitting, pad));
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
        let torch = Momentum { beta: 0.9, variant: momentum::MomentumVariant::Torch, ..Momentum::default() };
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
        let minus = Rprop { variant: RpropVariant::Minus, ..Rprop::default() };
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
        let text = drawn((100, 24), THEMES[0], |pad| draw_panel(Panel::Numbers, &turned, pad));
        assert_eq!(text.matches("−22.61").count(), 3, "in d, in the sum, in the slope\n{text}");
    }

    #[test]
    fn every_rule_is_drawn_at_every_size() {
        for rule in DirectionRule::all() {
            let sitting = sitting(rule, 0.01, 1, Beat::Direction);
            draw_at_every_size(|pad| draw_panel(Panel::Numbers, &sitting, pad));
        }
    }
}

mod step_sizes {
    use crate::engine::record::Beat;
    use crate::engine::rule::list::StepSizeRule;
    use crate::engine::rule::method::Method;
    use crate::engine::step_size::closed::barzilai_borwein::BarzilaiBorwein;
    use crate::engine::step_size::closed::lipschitz::Lipschitz;
    use crate::engine::step_size::closed::optimal_quadratic::OptimalQuadratic;
    use crate::engine::step_size::closed::polyak::Polyak;
    use crate::engine::step_size::schedule::cosine_annealing::CosineAnnealing;
    use crate::engine::step_size::schedule::step_decay::StepDecay;
    use crate::engine::step_size::schedule::warmup_cosine::WarmupCosine;
    use crate::lesson::schema::Panel;
    use crate::view::paper::specimen::{THEMES, draw_panel, drawn, fixed, ravine, walk_to};

    /// The numbers of the step size of iteration `t`, in one line each.
    fn seen(step_size: StepSizeRule, t: usize) -> String {
        let mut sitting = ravine(Method { step_size, ..fixed(1.0) });
        sitting.step_while(|sitting| sitting.cursor.t < t);
        walk_to(&mut sitting, Beat::StepSize);
        drawn((110, 22), THEMES[0], |pad| draw_panel(Panel::Numbers, &sitting, pad))
    }

    #[test]
    fn every_rule_without_trials_puts_its_numbers_in() {
        let cosine = CosineAnnealing { alpha0: 0.1, alpha_min: 0.0, period: 4, ..CosineAnnealing::default() };
        let warm = WarmupCosine { alpha0: 0.08, alpha_min: 0.0, warmup: 2, period: 6 };
        for (rule, t, wanted) in [
            (
                StepSizeRule::StepDecay(StepDecay { alpha0: 0.08, gamma: 0.5, every: 2 }),
                2,
                "α(t) = α₀γ^⌊t/s⌋ = 0.08·0.5^1 = 0.04",
            ),
            // cos(π/2) = 0.
            (StepSizeRule::CosineAnnealing(cosine), 2, "= 0 + ½(0.1 − 0)(1 + cos(π·2/4)) = 0.05"),
            (StepSizeRule::WarmupCosine(warm), 1, "α(t) = α₀t/w = 0.08·1/2 = 0.04: warm-up"),
            (StepSizeRule::WarmupCosine(warm), 4, "= 0 + ½(0.08 − 0)(1 + cos(π·2/4)) = 0.04"),
            // (240 − 0)/2000 and 2000/32400.
            (StepSizeRule::Polyak(Polyak { minimum: 0.0 }), 0, "α = (f − f*)/‖∇f‖² = (240 − 0)/2000 = 0.12"),
            (StepSizeRule::OptimalQuadratic(OptimalQuadratic {}), 0, "α* = −∇fᵀd/dᵀHd = 2000/32400 = 0.06173"),
            (StepSizeRule::Lipschitz(Lipschitz { lipschitz: 20.0 }), 0, "α(t) = 1/L = 1/20 = 0.05"),
            (StepSizeRule::BarzilaiBorwein(BarzilaiBorwein::default()), 0, "α = α₀ = 0.01"),
            // s = −0.01·(40, 20) and y = Hs: sᵀs = 0.2, sᵀy = 20·0.16 + 0.04 = 3.24.
            (StepSizeRule::BarzilaiBorwein(BarzilaiBorwein::default()), 1, "α = sᵀs/sᵀy = 0.2/3.24 = 0.06173"),
        ] {
            let text = seen(rule, t);
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
    }
}

mod own_beats {
    use super::super::*;
    use serde_json::Value;

    use crate::app::room::sitting::Sitting;
    use crate::engine::direction::curved::levenberg_marquardt::LevenbergMarquardt;
    use crate::engine::direction::scaled::rprop::Rprop;
    use crate::engine::rule::list::DirectionRule;
    use crate::engine::rule::method::Method;
    use crate::lesson::schema::Panel;
    use crate::view::page::story;
    use crate::view::paper::specimen::{draw_panel, drawn, lesson, walk_to};

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

    /// The name of a beat that only one rule has.
    fn name_of(beat: Beat) -> Option<&'static str> {
        if let Beat::Own(own) = beat { Some(own.name) } else { None }
    }

    fn walk_to_own(sitting: &mut Sitting, name: &str) {
        while name_of(sitting.beat()) != Some(name) && sitting.step() {}
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
        let theme = crate::view::paper::specimen::THEMES[0];
        let panel = drawn((100, 30), theme, |pad| draw_panel(Panel::Numbers, sitting, pad));
        format!("{}\n{}\n{}\n{panel}", told.now, told.next, told.code)
    }

    #[test]
    fn least_squares_tell_residuals_model_solution_trial_and_verdict() {
        let text = include_str!("../../../../tests/reference/lm_expfit.json");
        let (case, mut sitting) = case(text, least_squares());
        let rows = case["iterates"].as_array().unwrap();
        // Computed by hand from r, J and the step: ‖r‖² − ‖r + Jd‖².
        for (t, foretold) in [(0, 2.232_951_691), (1, 0.102_851_830), (2, 4.352_112_1e-5)] {
            let row = &rows[t];
            let [f, there, damping] = ["f", "F_trial", "lambda"].map(|key| number(&row[key]));
            let after = short(number(&rows[t + 1]["lambda"]));
            walk_to_own(&mut sitting, "residuals");
            tells(&sitting, &[format!("‖r‖² = {}, which is f", short(f))]);
            let early = seen(&sitting);
            walk_to_own(&mut sitting, "model");
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
            walk_to_own(&mut sitting, "verdict");
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
        while name_of(sitting.beat()) != Some("verdict") || !story::tell(&sitting).now.contains("Refused") {
            assert!(sitting.step(), "no step is refused");
        }
        let damping = sitting.cast.runs[0].peek().unwrap().proposal.memory.number("damping").unwrap();
        tells(&sitting, &["f would rise by".into(), format!("Refused: λ × 10 = {}", short(damping * 10.0))]);
        assert!(story::tell(&sitting).next.contains("stay"));
        let t = sitting.cursor.t;
        sitting.step();
        assert!(story::tell(&sitting).now.starts_with("Stay"));
        walk_to_own(&mut sitting, "model");
        assert_eq!(sitting.cursor.t, t + 1);
        tells(&sitting, &[format!("λ = {}", short(damping * 10.0))]);
    }

    #[test]
    fn the_lectures_rprop_tries_and_then_compares_signs() {
        let text = include_str!("../../../../tests/reference/rprop_ravine_lecture.json");
        let (case, mut sitting) = case(text, DirectionRule::Rprop(Rprop::default()));
        let rows = case["iterates"].as_array().unwrap();
        let (mut kept, mut turned) = (0, 0);
        for t in 0..25 {
            walk_to_own(&mut sitting, "try");
            let (sizes, next) = (&rows[t]["delta"], &rows[t + 1]["delta"]);
            tells(&sitting, &[format!("go by Δ = {}", pair(sizes))]);
            let try_only = seen(&sitting);
            assert!(!try_only.contains("turns") && !try_only.contains("keeps") && !try_only.contains(&pair(next)));
            assert_eq!(Glimpse::of(&sitting).proposal, None);
            walk_to_own(&mut sitting, "signs");
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
