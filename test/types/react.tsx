import 'agent-session-elements/types/react';
import {useRef} from 'react';
import type {AgentChatElement} from 'agent-session-elements';

export function Page() {
  const chat = useRef<AgentChatElement>(null);
  return (
    <agent-session channel="conversations:lisbon" auth-url="/token" agent-url="/chat" port={8080} insecure
      requestHeaders={{'x-tenant': 'acme'}} onagent-error={({error}) => console.warn(error.message)}>
      <agent-status variant="badge" className="status" />
      <shared-state path="trip" onagent-state-changed={({path, value}) => console.log(path, value)}><input name="nights" /></shared-state>
      <agent-chat ref={chat} bargeIn="alongside" key="chat" style={{blockSize: '30em'}} onagent-run-ended={({run}) => console.log(run.status)}>
        <h2 slot="header">Plan a trip</h2>
      </agent-chat>
    </agent-session>
  );
}

export const wrong = [
  // @ts-expect-error: not a variant
  <agent-status variant="huge" />,
  // @ts-expect-error: a number
  <agent-session port="8080" />,
  // @ts-expect-error: no such attribute
  <agent-chat bargein="interrupt" />,
  // @ts-expect-error: not what the event carries
  <agent-chat onagent-run-ended={({message}) => message} />,
];
