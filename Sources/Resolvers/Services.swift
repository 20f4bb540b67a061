public import Clients
public import Database
import Foundation
public import GraphQL
public import Logging
import Schema
public import Workflows

/// What the resolvers of one loop work with.
///
/// Made once per loop at start-up. A class, so that a request costs one reference instead of thirty.
public final class Services: Sendable {
    /// The loop's database connections.
    public let pool: ConnectionPool
    /// What has happened and happens.
    public let events: EventFeed
    /// Makes signed URLs of files.
    public let urls: FileURLs
    /// Where files lie.
    public let objects: any ObjectStore
    /// How people sign in.
    public let signIn: SignInServices
    /// Where unexpected errors go.
    public let logger: Logger

    let projects: ProjectStore
    let taskTags: TaskTagStore
    let tasks: TaskStore
    let subtasks: SubtaskStore
    let annotations: AnnotationStore
    let rpds: RpdStore
    let appellations: AppellationStore
    let prompts: PromptStore
    let rpdTests: RpdTestStore
    let uploads: UploadStore
    let reviews: ReviewStore
    let findings: FindingStore
    let characters: CharacterStore
    let items: ItemStore
    let itemSearch: ItemSearch
    let analyses: AnalysisStore
    let reviewSets: ReviewSetStore
    let ips: IpStore
    let documents: DocumentStore
    let batches: BatchStore
    let imports: ImportStore
    let references: ReferenceStore
    let exports: ExportStore
    let sessions: SessionStore
    let sessionUsers: TurnLookup<UUID, UserRow>
    let serviceTokens: ServiceTokenStore
    let organizations: OrganizationStore
    let invitations: InvitationStore
    let taskStatuses: TaskOptionStore
    let taskPriorities: TaskOptionStore
    let users: UserStore
    let notifications: NotificationStore

    /// Makes the services of a loop; without `media` no videos and recordings are taken, without `drawings` and
    /// `office` no drawings and no files of Office until 2007.
    ///
    /// `canMakePDF` says whether a program for exports to PDF is there; without `invitationTokens` nothing is sent by e-mail.
    public init(
        pool: ConnectionPool, events: EventFeed, urls: FileURLs, objects: any ObjectStore, signIn: SignInServices,
        prompts: any PromptModel, importTokens: ImportTokens, invitationTokens: InvitationTokens? = nil,
        media: MediaReader? = nil, drawings: DrawingReader? = nil, office: OldOfficeReader? = nil,
        canMakePDF: Bool, logger: Logger
    ) {
        self.pool = pool
        self.events = events
        self.urls = urls
        self.objects = objects
        self.signIn = signIn
        self.logger = logger
        projects = ProjectStore(pool: pool)
        taskTags = TaskTagStore(pool: pool)
        tasks = TaskStore(pool: pool)
        subtasks = SubtaskStore(pool: pool)
        annotations = AnnotationStore(pool: pool)
        rpds = RpdStore(pool: pool)
        rpdTests = RpdTestStore(pool: pool)
        self.prompts = PromptStore(pool: pool, objects: objects, model: prompts)
        appellations = AppellationStore(pool: pool, objects: objects)
        uploads = UploadStore(pool: pool, objects: objects, media: media, drawings: drawings, office: office)
        reviews = ReviewStore(pool: pool)
        findings = FindingStore(pool: pool)
        characters = CharacterStore(pool: pool)
        items = ItemStore(pool: pool)
        itemSearch = ItemSearch(pool: pool, objects: objects)
        analyses = AnalysisStore(pool: pool)
        reviewSets = ReviewSetStore(pool: pool)
        ips = IpStore(pool: pool)
        documents = DocumentStore(pool: pool)
        batches = BatchStore(pool: pool)
        imports = ImportStore(pool: pool, tokens: importTokens)
        references = ReferenceStore(pool: pool)
        exports = ExportStore(pool: pool, canMakePDF: canMakePDF)
        sessions = SessionStore(pool: pool)
        sessionUsers = Self.sessionUsers(pool)
        serviceTokens = ServiceTokenStore(pool: pool)
        organizations = OrganizationStore(pool: pool)
        invitations = InvitationStore(pool: pool, tokens: invitationTokens)
        taskStatuses = TaskOptionStore(pool: pool, kind: .status)
        taskPriorities = TaskOptionStore(pool: pool, kind: .priority)
        users = UserStore(pool: pool)
        notifications = NotificationStore(pool: pool)
    }

    /// The context of one request with the files that came with it; the exchange is nil where the transport has no
    /// cookies.
    public func context(
        host: ExecutionHost, signedIn: SignedIn?, signInExchange: SignInExchange? = nil, uploads: [UploadedFile] = [],
        requestID: String
    ) -> ExecutionContext {
        RequestContext(
            host: host, services: self, signedIn: signedIn, signInExchange: signInExchange, uploads: uploads,
            requestID: requestID)
    }
}

/// Makes absolute signed URLs.
public struct FileURLs: Sendable {
    /// How long a URL for reading is good for, in seconds: three hours.
    public static let readLifetime = 3 * 3600

    private let signer: URLSigner
    private let base: String

    /// `base` is the scheme, host and port under which clients reach the server, without a slash at the end.
    public init(signer: URLSigner, base: String) {
        self.signer = signer
        self.base = base
    }

    func url(_ grant: SignedURL.Grant, validForSeconds seconds: Int) -> String {
        base + signer.sign(grant, validForSeconds: seconds).path
    }

    /// Where to read the small copy under a stored key; nil for a picture without one.
    func thumbnail(_ key: String?) -> URLScalar? { jpeg(key, fileName: "small.jpg") }

    /// Where to read a JPEG picture that the system has made, by its stored key; nil without one.
    func jpeg(_ key: String?, fileName: String) -> URLScalar? {
        // Keys are written by this program only; one that is none has no URL rather than a broken one.
        guard let key, let key = try? ObjectKey(key) else { return nil }
        return URLScalar(
            unchecked: url(
                .read(key, contentType: "image/jpeg", fileName: fileName), validForSeconds: Self.readLifetime))
    }
}
