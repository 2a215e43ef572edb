/** Failures to order, for testing clients. All off unless the broker was started with faults allowed. */
export interface Faults {
  /** Every resume fails with 80018 and gets a new connection. */
  refuseResumes: boolean;
  /** Milliseconds by which ACKs and NACKs are late. */
  ackDelay: number;
  /** Publishes are refused with 50003 instead of being done. */
  refusePublishes: boolean;
  /** How many of the next attaches are refused with 42910, as for a rate that was exceeded. */
  refuseAttaches: number;
  /** Publishes are done and never answered. */
  dropAcks: boolean;
  /** Milliseconds by which everything sent is late. */
  deliveryDelay: number;
}

export const noFaults = (): Faults => ({refuseResumes: false, ackDelay: 0, refusePublishes: false, refuseAttaches: 0, dropAcks: false, deliveryDelay: 0});
