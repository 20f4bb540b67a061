extension ReviewVerdict {
    /// What is said of a recording, to which no model listens: a person has to.
    ///
    /// Never that all is well.
    public static func listening(_ title: String, instruction: String, language: ReviewLanguage) -> ReviewVerdict {
        .ok([
            FindingDraft(
                description: LocalTexts.listening(title).text(in: language), severity: .alert,
                suggestion: FindingDraft.advice(from: instruction), tag: "human_check",
                method: LocalMethods.notMeasured.text(in: language))
        ])
    }
}
