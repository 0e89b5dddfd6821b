/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Systems and extensions of Reception's own, and those of HL7 that it uses. */
#define RCP_SYSTEM_BOOKING "urn:reception:booking"             /* Appointment.identifier: UUID of one booking */
#define RCP_SYSTEM_CONFIRMATION "urn:reception:confirmation"   /* Appointment.identifier: confirmation code "7KD-M2Q" */
#define RCP_SYSTEM_MRN_TYPE "http://terminology.hl7.org/CodeSystem/v2-0203" /* Patient.identifier.type "MR" */
#define RCP_SYSTEM_MRN "urn:reception:mrn"                     /* Patient.identifier of the sample clinic and of practices made here */
#define RCP_SYSTEM_VISIT_TYPE "urn:reception:visit-type"       /* HealthcareService.type, Appointment.serviceType */
#define RCP_SYSTEM_SPECIALTY "http://nucc.org/provider-taxonomy" /* PractitionerRole.specialty, see rcp-specialty.h */
#define RCP_SYSTEM_CANCELLATION "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason"
#define RCP_EXTENSION_DURATION "urn:reception:duration"        /* HealthcareService: valueInteger, minutes */
#define RCP_EXTENSION_PREPARATION "urn:reception:preparation"  /* HealthcareService: valueString */
#define RCP_EXTENSION_TIMEZONE "http://hl7.org/fhir/StructureDefinition/timezone" /* Location, Practitioner: valueCode, IANA */
#define RCP_EXTENSION_GRAIN "urn:reception:grain"              /* Organization (the clinic): valueInteger, minutes */
#define RCP_TAG_SYSTEM "urn:reception:tag"                     /* meta.tag: "clinic" on the Organization that is the clinic */
