import Clients
import Foundation
import Imaging
import JSON
import Testing
import Workflows

@testable import Resolvers

// Files: tickets, bytes and what is made of them.
extension MutationTests {
    @Test("an upload's ticket grants exactly what was announced, and the bytes make the file")
    func upload() async throws {
        try await API.run { api in
            let bytes = try Picture(Bitmap(width: 64, height: 48, color: RGBColor(20, 120, 220))).pngBytes()
            let created = try await mutate(
                api, "createUpload",
                [
                    "projectId": id(.project(1)), "purpose": "SUBTASK_CONTENT", "fileName": "front.png",
                    "mediaType": "image/png", "byteCount": .int(Int64(bytes.count)),
                ],
                """
                ticket {
                  url method maximumBytes expiresAt headers { name value } asset { id state url fileName createdBy { id } }
                }
                """)
            #expect(created.messages == [])
            #expect(created["createUpload.ticket.method"] == "PUT")
            #expect(created["createUpload.ticket.maximumBytes"] == .int(Int64(bytes.count)))
            #expect(created["createUpload.ticket.headers"] == [["name": "Content-Type", "value": "image/png"]])
            #expect(created["createUpload.ticket.asset.state"] == "PENDING")
            #expect(created["createUpload.ticket.asset.url"] == .null)
            let asset = try #require(created["createUpload.ticket.asset.id"])

            let url = try #require(created["createUpload.ticket.url"]?.string)
            let signer = URLSigner(key: Array(repeating: 7, count: 32), now: { API.now })
            let granted = try signer.verify(method: "PUT", target: String(url.dropFirst("http://files.example".count)))
            guard case .upload(let uploadID, "image/png", maximumBytes: bytes.count) = granted.grant else {
                Issue.record("the URL grants something else")
                return
            }
            let early = try await mutate(api, "completeUpload", ["assetId": asset], "asset { state }")
            #expect(early.problems("completeUpload") == ["input.assetId UPLOAD_MISSING"])
            #expect(early["completeUpload.asset.state"] == "PENDING")

            let uploads = UploadStore(pool: api.pool, objects: api.services.objects)
            try await uploads.receive(.bytes(bytes), uploadID: uploadID)
            for _ in 0..<2 {
                let done = try await mutate(
                    api, "completeUpload", ["assetId": asset],
                    "asset { state width height mediaType byteCount errorCode }")
                #expect(done.problems("completeUpload") == [])
                #expect(
                    done["completeUpload.asset"]
                        == [
                            "state": "READY", "width": 64, "height": 48, "mediaType": "image/png",
                            "byteCount": .int(Int64(bytes.count)), "errorCode": nil,
                        ])
            }
        }
    }

    @Test("bytes that are not what was announced make a failed file, which is told with the fault")
    func badUpload() async throws {
        try await API.run { api in
            let created = try await mutate(
                api, "createUpload",
                [
                    "projectId": id(.project(1)), "purpose": "SUBTASK_CONTENT", "fileName": "a.png",
                    "mediaType": "image/png", "byteCount": 5,
                ], "ticket { asset { id } }")
            let asset = try #require(created["createUpload.ticket.asset.id"])
            let text = try #require(asset.string)
            let hex = text.dropFirst("Asset_".count)
            let uploadID = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
                .map { String(Array(hex)[$0]) }.joined(separator: "-")
            try await UploadStore(pool: api.pool, objects: api.services.objects)
                .receive(.bytes(Array("hello".utf8)), uploadID: uploadID)
            let done = try await mutate(api, "completeUpload", ["assetId": asset], "asset { state url errorCode }")
            #expect(done.problems("completeUpload") == ["input.assetId UPLOAD_TYPE"])
            #expect(done["completeUpload.asset"] == ["state": "FAILED", "url": nil, "errorCode": "UPLOAD_TYPE"])
        }
    }

    @Test
    func `A file of the request becomes a checked file like one that was sent to a signed URL`() async throws {
        try await API.run { api in
            let done = try await mutate(
                api, "uploadFile",
                ["projectId": id(.project(1)), "purpose": "SUBTASK_CONTENT", "file": "upload"],
                "asset { state fileName mediaType width height }")
            #expect(done.problems("uploadFile") == [])
            #expect(
                done["uploadFile.asset"]
                    == [
                        "state": "READY", "fileName": "front.png", "mediaType": "image/png", "width": 64, "height": 48,
                    ])
            #expect(
                try await api.number(
                    "select count(*) from uploads where asset_id = (select max(id::text)::uuid from assets where file_name = 'front.png')"
                ) == 0)
            let forged = try await mutate(
                api, "uploadFile",
                ["projectId": id(.project(1)), "purpose": "SUBTASK_CONTENT", "file": "another"], "asset { state }")
            #expect(forged.codes == ["BAD_USER_INPUT"])
        }
    }

    @Test(
        "an upload that can't be is refused before anything is made",
        arguments: [
            (["mediaType": "image/heic"], "input.mediaType UPLOAD_TYPE"),
            // No program for them is there in tests.
            (["mediaType": "image/svg+xml"], "input.mediaType MEDIA_TOOLS_MISSING"),
            (["mediaType": "application/illustrator"], "input.mediaType MEDIA_TOOLS_MISSING"),
            (["mediaType": "image/x-eps"], "input.mediaType MEDIA_TOOLS_MISSING"),
            (["fileName": "../a.png"], "input.fileName INVALID"), (["fileName": ""], "input.fileName REQUIRED"),
            (["byteCount": 0], "input.byteCount UPLOAD_SIZE"),
            (["byteCount": 10_000_001], "input.byteCount UPLOAD_SIZE"),
            (["byteCount": -5], "input.byteCount UPLOAD_SIZE"),
        ] as [(JSONObject, String)])
    func uploadFaults(change: JSONObject, problem: String) async throws {
        try await API.run { api in
            var input: JSONObject = [
                "projectId": id(.project(1)), "purpose": "SUBTASK_CONTENT", "fileName": "a.png",
                "mediaType": "image/png", "byteCount": 5,
            ]
            for member in change.members { input[member.key] = member.value }
            let response = try await mutate(api, "createUpload", input, "ticket { url }")
            #expect(response.messages == [])
            #expect(response.problems("createUpload") == [problem])
            #expect(response["createUpload.ticket"] == .null)
        }
    }

    // MARK: Reviews
}
