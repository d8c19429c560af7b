package io.tracegram.edge.device.coap;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;

/**
 * What a peer that pushed is told.
 *
 * @param text for a person, empty for none
 */
record PushAnswer(ResponseCode code, String text) {}
