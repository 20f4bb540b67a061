import Glibc
import JSON

/// Answers the questions of Tests/Differential/differential.py: one JSON object per line in, one per line out.
///
/// * `{"schema": text}` builds a schema, which later questions are about.
/// * `{"print": text}` prints a document.
/// * `{"query": text, "variables": {…}, "operation": name, "world": […]}` runs a request.
@main
enum EngineProbe {
    static func main() {
        var probe = Probe()
        while let line = readLine() {
            do {
                print(probe.answer(try JSONReader.read(line)))
            } catch {
                print(JSONValue.object(["misread": .string(error.description)]))
            }
            fflush(nil)
        }
    }
}
