// The far side of the door: built with the bounces room into the shared library that the program carries.
#include "bounces/on_demand/reader.h"

hoering::bounces::Reader hoering_bounces() { return hoering::bounces::readReturnedMail; }
