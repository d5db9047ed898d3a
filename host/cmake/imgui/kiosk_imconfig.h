// How Dear ImGui is compiled here (IMGUI_USER_CONFIG). Included by every file that includes imgui.h.
#pragma once

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_USE_WCHAR32        // code points beyond U+FFFF keep their value
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEFAULT_FONT  // the kiosk brings Noto Sans; a fallback bitmap font would hide its absence
