//! How Levenberg–Marquardt tells its sub-steps: the residuals, their model, and what became of the whole step.

use crate::engine::number::{short, tuple};
use crate::engine::rule::narration::Narration;
use crate::engine::rule::working::{Equation, MOST_SHOWN, Tone, Working, factor, matrix, vector};
use crate::engine::theory::linearised::Linearised;

/// Tells the residuals.
pub fn residuals(model: &Linearised) -> Narration {
    let (residuals, sum) = (tuple(&model.residuals), short(model.residuals.norm_squared()));
    Narration {
        now: format!("Residuals: r = {residuals}; their squares add up to ‖r‖² = {sum}, which is f."),
        next: "Next: a linear model of the residuals.".into(),
        code: "r ← r(x); J ← J(x)".into(),
    }
}

/// The residuals and the sum of their squares.
pub fn residual_working(model: &Linearised) -> Working {
    let residuals = &model.residuals;
    let shown = residuals.iter().take(MOST_SHOWN).map(|r| format!("{}²", factor(*r)));
    let more = (residuals.len() > MOST_SHOWN).then(|| "…".to_owned());
    let squares = shown.chain(more).collect::<Vec<_>>().join(" + ");
    vec![
        Equation::new("r", [vector(residuals.as_slice())]),
        Equation::new("‖r‖²", [squares, short(residuals.norm_squared())]).noted(Tone::Dim, "is f"),
    ]
}

/// Tells the model of the residuals.
pub fn model(model: &Linearised, damping: f64) -> Narration {
    let (slopes, damping) = (tuple(&model.slopes()), short(damping));
    Narration {
        now: format!("Model: r + Jd for the residuals, with Jᵀr = {slopes}; steps are damped by λ = {damping}."),
        next: "Next: solve it for d.".into(),
        code: "make ‖r + Jd‖² + λdᵀDd least".into(),
    }
}

/// Jᵀr, JᵀJ and λ.
pub fn model_working(model: &Linearised, damping: f64) -> Working {
    let square = model.square();
    let row = |i: usize| vector(&square.row(i).iter().copied().collect::<Vec<f64>>());
    let mut working = vec![
        Equation::new("Jᵀr", ["∇f/2".into(), vector(model.slopes().as_slice())]),
        Equation::text("JᵀJ, row by row:"),
    ];
    working.extend((0..square.nrows().min(MOST_SHOWN)).map(|i| Equation::text(row(i)).indented(2)));
    working.push(Equation::new("λ", [short(damping)]));
    working
}

/// What the direction solves.
pub fn direction(model: &Linearised, damping: f64) -> Working {
    let mut working = vec![
        Equation::new("r", [vector(model.residuals.as_slice())]),
        Equation::new("Jᵀr", [vector(model.slopes().as_slice())]),
    ];
    working.extend(matrix("JᵀJ", &model.square()));
    working.push(Equation::new("λ", [short(damping)]));
    working
}

/// What became of the whole step.
pub struct Judged {
    /// f at x.
    pub here: f64,
    /// f at x + d.
    pub there: f64,
    /// By how much the model foretold f to fall.
    pub foretold: f64,
    /// Whether the step is taken.
    pub is_taken: bool,
    /// λ of this step.
    pub damping: f64,
    /// λ of the next step.
    pub next: f64,
}

impl Judged {
    fn fall(&self) -> f64 {
        self.here - self.there
    }

    /// How λ changes: `λ ÷ 10 = 0.0001`.
    fn change(&self) -> String {
        let (sign, by) =
            if self.is_taken { ("÷", self.damping / self.next) } else { ("×", self.next / self.damping) };
        format!("λ {sign} {} = {}", short(by), short(self.next))
    }

    /// Tells whether the step pays.
    pub fn tell(&self) -> Narration {
        let (foretold, fall, change) = (short(self.foretold), short(self.fall().abs()), self.change());
        let (now, next) = if self.is_taken {
            let share = short(self.fall() / self.foretold);
            let now =
                format!("f falls by {fall}; the model foretold {foretold}, so {share} of it. Accepted: {change}.");
            (now, "Next: move to x + d.")
        } else {
            let does = if self.fall().is_finite() {
                format!("f would rise by {fall}")
            } else {
                "f is no finite number there".into()
            };
            let now = format!("{does}; the model foretold a fall of {foretold}. Refused: {change}.");
            (now, "Next: stay, and solve again with more damping.")
        };
        let code = if self.is_taken { "taken: λ ← λ/down" } else { "refused: λ ← λ·up" };
        Narration { now: format!("Verdict: {now}"), next: next.into(), code: code.into() }
    }

    /// The fall beside the one that was foretold, and the next λ.
    pub fn working(&self) -> Working {
        let fall = format!("{} − {}", short(self.here), factor(self.there));
        let verdict = if self.is_taken {
            Equation::note(Tone::Good, "f is lower: accepted")
        } else {
            Equation::note(Tone::Bad, "f is not lower: refused")
        };
        vec![
            Equation::new("foretold", ["‖r‖² − ‖r + Jd‖²".into(), short(self.foretold)]),
            Equation::new("fall", ["f(x) − f(x + d)".into(), fall, short(self.fall())]),
            Equation::new("share", ["fall/foretold".into(), short(self.fall() / self.foretold)]),
            verdict,
            Equation::text(self.change()),
        ]
    }
}
