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
#define RCP_EXTENSION_PRICE "urn:reception:price"              /* HealthcareService: valueMoney, the clinic's list price */
#define RCP_EXTENSION_ALLOWED "urn:reception:allowed"          /* HealthcareService: valueMoney, what payers allow by contract */
#define RCP_EXTENSION_TIMEZONE "http://hl7.org/fhir/StructureDefinition/timezone" /* Location, Practitioner: valueCode, IANA */
#define RCP_EXTENSION_URGENT_DAYS "urn:reception:urgent-days"  /* Organization (the clinic): valueInteger, today being the first */
#define RCP_EXTENSION_RANKING "urn:reception:ranking"          /* Organization (the clinic): "network" and the like valueInteger, "method" valueCode */
#define RCP_EXTENSION_GRAIN "urn:reception:grain"              /* Organization (the clinic): valueInteger, minutes */
#define RCP_EXTENSION_NEEDS "urn:reception:needs"              /* HealthcareService: valueCode "room", or valueCoding of a device type */
#define RCP_EXTENSION_CLOSED "urn:reception:closed"            /* Location (a site): "period" valuePeriod, "label" valueString */
#define RCP_EXTENSION_OVERBOOK "urn:reception:overbook"        /* Schedule: valueInteger, visits above the slots per half day */
#define RCP_EXTENSION_TURN "urn:reception:turn"                /* Schedule: valueString, UUID of the last overbooking: no two at once */
#define RCP_EXTENSION_REFIT "urn:reception:refit"              /* Schedule: valueInstant; its slots do not follow its hours yet */
#define RCP_EXTENSION_AGES "urn:reception:ages"                /* PractitionerRole: valueRange, whole years, both within */
#define RCP_EXTENSION_NEW_PATIENTS "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/newpatients"
#define RCP_EXTENSION_RATING "urn:reception:rating"            /* PractitionerRole: valueDecimal, 0 to 5, given by the clinic itself */
#define RCP_EXTENSION_GEOLOCATION "http://hl7.org/fhir/StructureDefinition/geolocation" /* Address: "latitude", "longitude" valueDecimal */
#define RCP_SYSTEM_NEW_PATIENTS "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/AcceptingPatientsCS" /* newpt, existptonly */
#define RCP_SYSTEM_ELIGIBILITY "urn:reception:eligibility"     /* HealthcareService.eligibility: "new-patients" only */
#define RCP_SYSTEM_DEVICE_TYPE "urn:reception:device-type"     /* Device.type, and of RCP_EXTENSION_NEEDS */
#define RCP_SYSTEM_PHYSICAL_TYPE "http://terminology.hl7.org/CodeSystem/location-physical-type" /* Location.physicalType "ro" */
#define RCP_SYSTEM_SETUP "urn:reception:setup"                 /* identifier of what was made in Preferences: made once */
#define RCP_SYSTEM_REFIT "urn:reception:refit"                 /* Task.code: a visit that fits the hours no more; its identifier */
#define RCP_NEEDS_ROOM "room"                                  /* what a visit type needs, or what a room is */
#define RCP_TAG_SYSTEM "urn:reception:tag"                     /* meta.tag: "clinic" on the Organization that is the clinic */
#define RCP_SYSTEM_BLOCK "urn:reception:block"                 /* Slot.serviceCategory: "lunch", "meeting", "blocked" */
#define RCP_SYSTEM_DEED "urn:reception:deed"                   /* Provenance.activity: what the desk did: "book", "undo" */
#define RCP_SYSTEM_SERIES "urn:reception:series"               /* Appointment.identifier: UUID of a series of visits */
#define RCP_SYSTEM_TOGETHER "urn:reception:together"           /* Appointment.identifier: UUID of visits that belong together */
#define RCP_EXTENSION_OVERBOOKED "urn:reception:overbooked"    /* Appointment: valueString, why it stands beside another */
#define RCP_EXTENSION_OLD_STATUS "urn:reception:old-status"    /* Provenance: valueCode, see rcp_visit_status_to_name() */
#define RCP_EXTENSION_NEW_STATUS "urn:reception:new-status"    /* Provenance: valueCode */
#define RCP_EXTENSION_PERSON "urn:reception:person"            /* Provenance: "who" valueReference, "old" and "new" valueCode */
#define RCP_SYSTEM_REGISTRATION "urn:reception:registration"   /* Patient.identifier, Flag.identifier: UUID of one entry at a desk */
#define RCP_EXTENSION_INTERPRETER "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired" /* valueBoolean */
#define RCP_EXTENSION_DO_NOT_CONTACT "urn:reception:do-not-contact" /* Patient: valueBoolean */
#define RCP_EXTENSION_TRANSPORT "urn:reception:transport"      /* Patient: valueString, what makes it hard to come */
#define RCP_SYSTEM_LANGUAGE "urn:ietf:bcp:47"                  /* Patient.communication.language */
#define RCP_SYSTEM_FLAG_CATEGORY "http://terminology.hl7.org/CodeSystem/flag-category" /* Flag.category */
#define RCP_EXTENSION_WISHED "urn:reception:wished"            /* Appointment on the wait list: valueCode "morning", "afternoon", "evening" */
#define RCP_EXTENSION_WISHED_LANGUAGE "urn:reception:wished-language" /* the same: valueCode, BCP 47; of several one is enough */
#define RCP_EXTENSION_WISHED_GENDER "urn:reception:wished-gender" /* the same: valueCode "female", "male", of the provider */
#define RCP_EXTENSION_WISHED_NETWORK "urn:reception:wished-network" /* the same: valueString, Coverage.network */
#define RCP_SYSTEM_COVERAGE_CLASS "http://terminology.hl7.org/CodeSystem/coverage-class" /* Coverage.class: "group", "plan" */
#define RCP_SYSTEM_RELATIONSHIP "http://terminology.hl7.org/CodeSystem/subscriber-relationship" /* Coverage.relationship */
#define RCP_SYSTEM_PAYER "urn:reception:payer"                 /* Coverage.payor.identifier: the payer's number at the clearinghouse */
#define RCP_SYSTEM_CARD_SIDE "urn:reception:card-side"         /* DocumentReference.category: "front", "back" of an insurance card */
#define RCP_SYSTEM_LOINC "http://loinc.org"                    /* DocumentReference.type */
#define RCP_LOINC_INSURANCE_CARD "64290-0"                     /* health insurance card */
#define RCP_SYSTEM_TRACE "urn:reception:trace"                 /* identifier of an eligibility request and its answer: X12 TRN02 */
#define RCP_EXTENSION_RAW_ANSWER "urn:reception:raw-answer"    /* CoverageEligibilityResponse: valueReference, a Binary */
#define RCP_EXTENSION_SOURCE "urn:reception:source"            /* CoverageEligibilityResponse: valueString, who answered */
#define RCP_EXTENSION_SERVICE_TYPE "urn:reception:service-type" /* CoverageEligibilityResponse: valueCode, X12 code that was asked for; HealthcareService: the code to ask for */
#define RCP_SERVICE_TYPE_VISIT "98"                            /* of RCP_SYSTEM_SERVICE_TYPE: professional visit in an office */
#define RCP_EXTENSION_BENEFIT "urn:reception:benefit"          /* CoverageEligibilityResponse.insurance.item: what FHIR has no place for */
#define RCP_SYSTEM_BENEFIT_TYPE "http://terminology.hl7.org/CodeSystem/benefit-type" /* ...item.benefit.type: "copay", "deductible" */
#define RCP_SYSTEM_BENEFIT "urn:reception:benefit-type"        /* the same, where HL7 has none: "out-of-pocket" */
#define RCP_SYSTEM_SERVICE_TYPE "https://x12.org/codes/service-type-codes" /* ...item.category */
#define RCP_SYSTEM_REJECTION "https://x12.org/codes/reject-reason-codes" /* CoverageEligibilityResponse.error.code: X12 AAA03 */
#define RCP_SYSTEM_FOLLOW_UP "https://x12.org/codes/follow-up-action-codes" /* the same: X12 AAA04 */
#define RCP_SYSTEM_CHECK "urn:reception:check"                 /* Task.code: a payer is asked on the eve; its identifier */
#define RCP_SYSTEM_CHECK_BY "urn:reception:check-by"           /* Task.identifier: UUID of the try of a desk */
#define RCP_SYSTEM_PRIOR_AUTH "urn:reception:prior-auth"       /* Task.code "authorize": what a payer has to authorize before a visit; its identifier */
#define RCP_SYSTEM_REALM "urn:reception:realm"                 /* Basic.code "realm"; its identifier: UUID that names the record */
#define RCP_SYSTEM_CALENDAR "urn:reception:calendar"           /* Task.code: what a provider did to a mirrored visit; Basic.code "mirror" */
#define RCP_EXTENSION_MIRRORED "urn:reception:mirrored"        /* Basic "mirror": "visit" valueId, "period", "sequence" */
