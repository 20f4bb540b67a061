import Foundation
import JWTKit

/// Keys of a Google that tests play; they are used nowhere else.
enum ProviderKeys {
    /// The key that the provider signs with at first.
    static let first = """
        -----BEGIN PRIVATE KEY-----
        MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDFznGbw8hqYoRZ
        HBzovfKZ+QYYq8z06aUXK9D9C8V8Ji1xBkDHC6nAGsbpRjh23IeeVD1Saz0ymBYI
        U3fD7QIzBVhQHVJgjHy+iQcev6GvZ7DUwZGuAFctfA3MF+CKrx1YB6C3us2aWmEi
        XODjbWJtZj/RjNYy6eqD93Z8DxiW0PLPZWtER7Nvh8++hJQy7EdckWVJrvWZWWTf
        GGxtZdqzzM3MZnIY3xisReNLuXmL5TB8M4mwzGhDFBP/EW+LiBHg3T2NKdo+nS1/
        AkethcjUx665vZ60OWTbJ/AB8T9nPb9Nvd+Tjbo4mgp3Bi+/yTiAt0ID0Ixr5qqS
        fvM5rk2BAgMBAAECggEAPKCc86gbangNpp5WQgPOMuE/vBoUNNDUF/kHEjgkbHvr
        G6RWAGwTuFy8sM0kC1JmguHA9d0GodY5ko26vKONNAQkYFHMaOlGZsPrGcKUlQWM
        DnnR4+oYzkkilXaQDRHFRbD40rd/wxqGgRjEmRByxaM8Vkb7dBl8FrynZTjfSYHx
        cmODKT1WkZi8sqegfQJg3TZrUcvaTxmpp4Rm2Xg3yEl+h/VFASuGQg7FlIZp6dgO
        UVTOMxC/5wq4D4H+SGDoWal9AJMxDApeDdRbwa6VjcZ3SeRpYze9K5XzsJ1CsJDv
        t86KHXlmJG1cG2xRRL8eHo+q3Ej6l4xO9hYT0uvS3QKBgQDtzmeTHFfbZ+iZOYfz
        k4d2KYMbc9RCdyJ9kTMN+WlcTQzoAADFNM2d2DGFAysgglcG9t4531jcad4TZt3U
        IUz247mkDv+2oHrmlAlrhmauSNWj00QMkxODsCk7YrFtpDehF5dbKH1Bc8W0arUM
        DkromHwNzbBDLKmGmPFPmqrmnwKBgQDU8J2G1gv197M32kgza0u2RoAacsagLt7D
        6Qwr5aQ1fvx5kNtsPrAoKOgwAQ8jhQZnslUtdeHgWPrhBfuIn+8c8bjUdgs5w8nu
        NpSQx+2TSLe4/8oWXyyUCKJRFG+omV3fmcwBoiPI3uK7DTDfxtkuvLYYKUgaCNIh
        dYgo/jT33wKBgQDrHwGfHQ3su57pKE230azEcqTTVsGN+babSh2denTmsrPJCn+4
        e820e9XyOkDAwr4C/8CWnbKBMxdEPZekLkynal7Yy4+e5Kq/IazyqA8L0K2SbcbB
        XAWWVW1e7uSYkB4EY4vdsHmvZiUajcp1oggEUweMqkrVD+qJTtyAJV9F5wKBgFM/
        9vY+PNLfEmwlpNClhCYxDehJMypw6JrDRATtdPONP/vvDDoXkBtDUvNhlp+WZFiq
        Oe7aBYMGhp7vDdXuYTd5sX8u31ioGQxOvmqUH2fTqDBloIZ6kx0U+xCj4ruRqke/
        AykoUME5kn76uz7hqQtCsBZmHVBAXpbCMoeESwUVAoGBAITIaDq2cCs7z3O3hF9O
        cYBmCx+eJLwrBUor6X+uZ3NPtQcoQxc0kNCP3p50qaXG44mh9IXzBvHQRXC8Szl8
        0FyVhFeLeCwzDEuPm5+LH8PRO9p/4Uk7Z42qPELiNITJqhjentPHhqHD5lZrOr5Y
        GYmKW4F8Y2L3EUKLBjgz7iPs
        -----END PRIVATE KEY-----
        """

    /// The key that it changes to.
    static let second = """
        -----BEGIN PRIVATE KEY-----
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC3ri7vQkcumKy6
        dvSHk1LIH0CnWwVqeZmX7L/h/22VYbZvc86lf2zM7GAuWXcBWRRfzV19iOC9tcCx
        4RpaWN0w+ugcyJ//LTeRK1cE+C/gv082sP1ixmLaE/P+GEgpWjZ7UjImu+PiqoGq
        B5ORDfoAldMG/i0SM94jbRJ6HjAckgbLx9oxtEi0IK27KdYsL/U5SxFALrHSvcEl
        CLqqczAU1nrShiR4RFlCLbUPQMbDsLaf9H/Xwb07VA+XyS4H5aODBGrIoPh7uaRh
        8leVNCGLczjA2uoYh9Y15KPzY0a0Qb9JgU6qOdtYDRrzQaK/U75N4/mMg+0a5iCb
        QpPyXS75AgMBAAECggEAL6sUoyMgNgeJTBry+vxQz37M2KHWlftY0QSwB4ayecIS
        BnqXdnvLUKNHkr/FEqR7lSFG0f1j1dgFWiSBIlFNlhiHhHDMlPy3HwWQX8nJIxqD
        BD6Kg8fYf6AOAjNrBtBSs05xlXvNeFWnsOimc06dQumfCoGMUN0FGUyFLwwGkGMj
        aJnfQLeJ3tSWLt+tg8uERXKo4tB++ha+eqOrqUhWyoplZ/ZiguOSAajkcP3+JKa8
        UfdNDJa6Eh/LIaO4CN1i4GjTSbTl/JAwhWp4Agy+GvMp8py2nQKsQa5EBJFTOBba
        MO/4nLoACVzlFIjpOf5IWQV8pW4nfzoLyBVWtISqwQKBgQD8Q1/2MzudaD5ATxvI
        5Hdza7aXRiT6pGCSQoBDEePzwg5Z4VIBjYlT1RVpJvje1+0AfalQ6d3w2wFKgfmb
        G3D/NJvmJbRoOp0MDLc94evJVZ7QPMbI0f9OAx9n/lDPVeXQyMjToilsFZAORGuF
        avM+bm/yRSs+/t6kH7YjZDwslwKBgQC6ZrsZTGW5pnV/bp2jvstpOV3VaK1zlwm6
        TatK2QqJ05tV44ox8xFnmu3RqKpq5Dmz1eWRnDE+ouJYNZ4PAFzdLMHPQUP9FibA
        8s7EQkNI7B4HInFurPx4uEWCeitlKjBOt3n2YpN+YZn46d6Txe9GciZlhNX088mr
        K9FVrMii7wKBgQCxG6x38ihcrx9ljyT2ulCTHICpXHoB7v5OMZpTfHAKZ6gjumoU
        5QYRcX0CwnXgHsEqow8I2+kSfPA/G1nfaDjBNHJv9vDebKhuGU9dhww/4nkJwmHe
        BHG2l8KpBIg/yRL8rrswup1SYSEuoyLKHPiCUI8QDTf7ln1BxXHfDzSgKQKBgA+r
        NQ0SW/a4JGZa4QtzrVuiA949l18BEkND5iM7jWQ6knMs1mAOg6cG4fjeybyEhMk2
        ML8FtyoBvS8XCrtOF4BME9qdLN7obseHYZQj0c4ecwO8hHZ+OhbXvpgSNvWhD0B+
        sdThQm68O5ot5pTbbZqpW8rq2KVnnMszurwN8yunAoGAXNVNMNJRZwMS0RQ9WBN2
        xlDvr6g/r1sOLhPduAYxj56MzWEhbBxDW8DRtFJmTigeLF+cITxMmNVIMNKnS1Lx
        3E40IzLieUJXt1QaICRyDK0tJgyspDZwZElsmYscd8kvENAtzrY1CDxl9/rhWISj
        XYgfQ8dDaCFBABemkxh1urA=
        -----END PRIVATE KEY-----
        """

    /// The modulus of a key of 1024 bits.
    static let shortKey =
        "1UTVnxZ5jplu3qkJ6tK8-urrCbO7JVcf88d59K37pDYgoKvUikDzM8n46pcFqBvd3Zgc9kS_eNqoRSCk_l7m4t0ef0"
        + "L9BLaGOo3HK8Y3sZif5UXLfIdSC7ux_whXLRi--IUIiSkALSakk8mgWHXolfxgThxTvDl67rqj6SjyhE8"

    /// A key set with the public halves of keys, by name.
    static func keySet(_ keys: [String: String]) throws -> String {
        let entries = try keys.sorted { $0.key < $1.key }.map { id, pem in
            let (modulus, exponent) = try Insecure.RSA.PrivateKey(pem: pem).publicKey.getKeyPrimitives()
            return
                #"{"kty":"RSA","alg":"RS256","use":"sig","kid":"\#(id)","n":"\#(base64URL(modulus))","e":"\#(base64URL(exponent))"}"#
        }
        return #"{"keys":[\#(entries.joined(separator: ","))]}"#
    }

    /// A token with these claims, as JSON text, under any header.
    static func token(_ claims: String, header: String, key pem: String) async throws -> String {
        let text = base64URL(Data(header.utf8)) + "." + base64URL(Data(claims.utf8))
        let keys = JWTKeyCollection()
        await keys.add(rsa: try Insecure.RSA.PrivateKey(pem: pem), digestAlgorithm: .sha256)
        let signature = try await keys.getKey().sign(Data(text.utf8))
        return text + "." + base64URL(Data(signature))
    }

    static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
