import ArgumentParser
import Clients
import Workflows

/// How invitations are sent by e-mail: options of servers and of whatever runs jobs.
struct MailOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The mail server for invitations, as smtp://host:587 (with STARTTLS) or smtps://host:465; without it none "
                + "are sent. Its password is read from SMTP_PASSWORD."))
    var smtpURL: String?
    @Option(help: "Who signs in to the mail server; nobody unless given.") var smtpUser: String?
    @Option(help: "The address that letters are from.") var mailFrom: String?
    @Option(help: "The page where the invited accept; the token follows behind a #.") var invitationPage: String?

    func validate() throws {
        guard let smtpURL else {
            guard smtpUser == nil, mailFrom == nil, invitationPage == nil else {
                throw ValidationError("Letters need --smtp-url.")
            }
            return
        }
        guard (try? SMTPClient(.init(url: smtpURL))) != nil else {
            throw ValidationError("--smtp-url is smtp://host:port or smtps://host:port, without a user.")
        }
        guard let mailFrom, MailAddress(mailFrom) != nil else {
            throw ValidationError("--smtp-url needs --mail-from with an e-mail address.")
        }
        let isPage = invitationPage.map { page in
            ["https://", "http://"].contains { page.hasPrefix($0) }
                && page.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "#") }
        }
        guard isPage == true else {
            throw ValidationError("--smtp-url needs --invitation-page with a URL without a fragment.")
        }
    }

    /// How letters are sent; nil: they are not.
    func mailing() throws -> InvitationMailRun.Mailing? {
        guard let smtpURL, let from = mailFrom.flatMap(MailAddress.init), let invitationPage else { return nil }
        var server = SMTPClient.Configuration(url: smtpURL)
        server.user = smtpUser
        server.password = Environment.value("SMTP_PASSWORD")
        return InvitationMailRun.Mailing(client: try SMTPClient(server), from: from, page: invitationPage)
    }
}
