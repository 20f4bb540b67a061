/// Who a person is according to an identity provider, after its token was verified.
public struct ExternalIdentity: Sendable, Hashable {
    /// The provider's stable name for the person (`sub`); never the e-mail address, which can change hands.
    public let subject: String
    /// The verified e-mail address, in lower case.
    public let email: String
    /// The name to show.
    public let name: String
    /// The Google Workspace domain that the account belongs to (`hd`), in lower case; nil for a private account.
    public let hostedDomain: String?

    /// An identity, with address and domain brought into lower case.
    public init(subject: String, email: String, name: String, hostedDomain: String?) {
        self.subject = subject
        self.email = email.lowercased()
        self.name = name
        self.hostedDomain = hostedDomain?.lowercased()
    }

    /// Whether the provider runs the mailbox itself, so that the address proves who its owner is today.
    ///
    /// Of other addresses Google only knows that their owner could read mail when the account was made.
    var isEmailAuthoritative: Bool { hostedDomain != nil || email.hasSuffix("@gmail.com") }
}
