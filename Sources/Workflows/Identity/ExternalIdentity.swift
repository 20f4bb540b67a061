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
    /// Where a picture of the person is; nil for none, and for what is no address over https.
    public let pictureURL: String?

    /// An identity, with address and domain brought into lower case.
    public init(subject: String, email: String, name: String, hostedDomain: String?, pictureURL: String? = nil) {
        self.subject = subject
        self.email = email.lowercased()
        self.name = name
        self.hostedDomain = hostedDomain?.lowercased()
        self.pictureURL = pictureURL.flatMap { url in
            let isPlain = url.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            return url.hasPrefix("https://") && url.utf8.count <= 2048 && isPlain ? url : nil
        }
    }

    /// Whether the provider runs the mailbox itself, so that the address proves who its owner is today.
    ///
    /// Of other addresses Google only knows that their owner could read mail when the account was made.
    var isEmailAuthoritative: Bool { hostedDomain != nil || email.hasSuffix("@gmail.com") }
}
