// What a person who looks after conversations needs, as one chunk of the script tag: the bundler shares what few chunks have
// in common with the entry, and with more of them puts it into files of its own, so that the entry would no longer stand alone.
import './elements/agent-handover/agent-handover.ts';
import './elements/approval-inbox/approval-inbox.ts';
