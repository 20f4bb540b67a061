// The scalar Upload: a file that comes in the same request, outside its JSON.

public import GraphQL

/// A value of the scalar `Upload`: the name by which the request's context knows the file.
public struct UploadScalar: Hashable, Sendable {
    /// The name, made by the transport.
    public let name: String
}

extension UploadScalar: LeafValue {
    /// Writes the name; no field of the API gives an upload.
    public func write(to out: inout ResponseWriter) {
        name.write(to: &out)
    }
}

extension UploadScalar: InputDecodable {
    /// Takes what the transport has put in the place of the file.
    public init(input: InputValue) throws {
        guard case .string(let name) = input else {
            throw InputDecodingError("a file is sent with a multipart request")
        }
        self.name = name
    }
}
