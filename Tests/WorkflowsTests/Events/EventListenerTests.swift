import FoundationEssentials
import Testing

@testable import Workflows

@Suite struct EventListenerTests {
    @Test func aNotificationOfAnEventHasItsIdAndTopic() {
        #expect(
            EventListener.signal(channel: "events", payload: "42 review:abc")
                == .event(id: 42, topic: Topic(name: "review:abc")))
    }

    @Test func aNotificationOfAJobHasItsKindOrId() {
        let id = UUID()
        #expect(EventListener.signal(channel: "jobs", payload: "review") == .jobWaits(.review))
        #expect(EventListener.signal(channel: "job_cancels", payload: id.text) == .cancelRequested(jobID: id))
    }

    @Test(arguments: [("events", "x review:abc"), ("events", "7"), ("job_cancels", "no id"), ("others", "1 a")])
    func whatThisProgramDidNotSendMeansNothing(channel: String, payload: String) {
        #expect(EventListener.signal(channel: channel, payload: payload) == nil)
    }
}
