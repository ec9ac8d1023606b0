//! Which letters stand for the quantities: those of the lectures, or those of another course or book.

use std::borrow::Cow;

/// The letters of a course or a book.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Notation {
    /// The LMU lectures: α, γ₁, γ₂, τ, β.
    #[default]
    Lmu,
    /// Martins & Ning, Engineering Design Optimization: α, μ₁, μ₂, ρ.
    MartinsNing,
    /// Nocedal & Wright, Numerical Optimization: α, c₁, c₂, ρ.
    Nocedal,
    /// Goodfellow, Bengio & Courville, Deep Learning: ϵ, δ, ρ₁, ρ₂.
    Goodfellow,
    /// What papers on learning and CMU 11-785 write: η.
    DeepLearning,
}

/// Symbols of the lectures, each with what is written for it.
///
/// No symbol on the right stands on the left of the same table or means something else on the screen, and both are
/// equally wide: so a text may pass twice, two quantities never share a letter, and no layout shifts.
type NotationTable = &'static [(&'static str, &'static str)];

impl Notation {
    /// Every notation.
    pub const ALL: [Self; 5] = [Self::Lmu, Self::MartinsNing, Self::Nocedal, Self::Goodfellow, Self::DeepLearning];

    /// The symbols that are written differently, an index before its bare letter.
    pub fn table(self) -> NotationTable {
        match self {
            Self::Lmu => &[],
            Self::MartinsNing => &[("γ₁", "μ₁"), ("γ₂", "μ₂"), ("τ", "ρ")],
            Self::Nocedal => &[("γ₁", "c₁"), ("γ₂", "c₂"), ("τ", "ρ")],
            Self::Goodfellow => &[("β₁", "ρ₁"), ("β₂", "ρ₂"), ("α", "ϵ"), ("ε", "δ")],
            Self::DeepLearning => &[("α", "η")],
        }
    }

    /// A text in these letters.
    pub fn write(self, text: &str) -> Cow<'_, str> {
        let table = self.table();
        if !table.iter().any(|(from, _)| text.contains(from)) {
            return Cow::Borrowed(text);
        }
        let mut written = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            if let Some((from, to)) = table.iter().find(|(from, _)| rest.starts_with(from)) {
                written.push_str(to);
                rest = &rest[from.len()..];
            } else {
                written.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
        Cow::Owned(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_written_whole_and_once() {
        assert_eq!(Notation::Nocedal.write("f + γ₁αgᵀd, γ₂ > γ₁, γ, τα"), "f + c₁αgᵀd, c₂ > c₁, γ, ρα");
        assert_eq!(Notation::Goodfellow.write("α₀, α_init, ε, β, β₂"), "ϵ₀, ϵ_init, δ, β, ρ₂");
        assert_eq!(Notation::DeepLearning.write("x + αd"), "x + ηd");
        assert!(matches!(Notation::Lmu.write("α"), Cow::Borrowed("α")));
    }

    #[test]
    fn a_text_may_pass_twice() {
        for notation in Notation::ALL {
            for (from, to) in notation.table() {
                assert_eq!(notation.write(to), *to, "{from}");
                assert_eq!(from.chars().count(), to.chars().count(), "{from}");
            }
        }
    }
}
